import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Socket, type Server as TcpServer } from 'node:net';
import { close, listenAnywhere } from '../../infra/local/http/listen-on-loopback.ts';
import { selfSigned } from './self-signed.ts';

export interface LoopbackServer {
  port: number;
  /** Every connection that was ever made to it. */
  connections: Socket[];
}

/**
 * Servers of one test on free ports of 127.0.0.1; `closeAll` ends them and their connections.
 */
export class LoopbackServers {
  readonly #open: (() => Promise<void>)[] = [];

  http(listener: RequestListener): Promise<LoopbackServer> {
    return this.#start(createHttp(listener));
  }

  /** With a certificate that no client trusts by itself. */
  async https(listener: RequestListener): Promise<LoopbackServer & { cert: string }> {
    const identity = selfSigned();
    return { cert: identity.cert, ...(await this.#start(createHttps(identity, listener))) };
  }

  /** A server without a protocol: `onConnection` does everything. */
  async tcp(onConnection: (socket: Socket) => void): Promise<LoopbackServer> {
    return this.#start(createTcp((socket) => onConnection(socket.on('error', () => {}))));
  }

  /** A port on which nothing listens any more. */
  async unusedPort(): Promise<number> {
    const { port } = await this.tcp(() => {});
    await this.closeAll();
    return port;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((stop) => stop()));
  }

  async #start(server: Server | TcpServer): Promise<LoopbackServer> {
    const connections: Socket[] = [];
    server.on('connection', (socket: Socket) => connections.push(socket));
    const port = await listenAnywhere(server as Server);
    this.#open.push(async () => {
      const closed = 'closeAllConnections' in server ? close(server) : closeTcp(server);
      for (const socket of connections) socket.destroy();
      await closed;
    });
    return { port, connections };
  }
}

const closeTcp = (server: TcpServer): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));

/** Resolves when the connection is closed. */
export const whenClosed = (socket: Socket | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (!socket || socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
