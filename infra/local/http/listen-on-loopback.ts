import { createServer, type RequestListener, type Server } from 'node:http';

export interface Listening {
  port: number;
  /** Takes no new connection and breaks those that are open. Resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Listens for `localhost` on both its addresses and on no other interface. Port 0 takes any free
 * one. Rejects with Node's own error (`EADDRINUSE`, `EACCES`) when the port cannot be had.
 */
export async function listenOnLoopback(listener: RequestListener, port = 0): Promise<Listening> {
  for (;;) {
    const first = await listen(createServer(listener), '127.0.0.1', port);
    const taken = portOf(first);
    try {
      const second = await listen(createServer(listener), '::1', taken);
      return listening(taken, [first, second]);
    } catch (error) {
      if (!isTaken(error)) return listening(taken, [first]); // a machine without IPv6
      await close(first);
      if (port !== 0) throw error;
    }
  }
}

const listening = (port: number, servers: Server[]): Listening => ({
  port,
  close: async () => {
    await Promise.all(servers.map(close));
  },
});

const listen = (server: Server, host: string, port: number) =>
  new Promise<Server>((resolve, reject) => {
    // Never closes an idle connection by itself: a request that is sent at that moment would be lost,
    // which on a busy machine happens now and then, in any test. Callers close their connections.
    server.keepAliveTimeout = 0;
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });

/** Listens with a server that is there already, on a free port of 127.0.0.1. */
export const listenAnywhere = async (server: Server): Promise<number> =>
  portOf(await listen(server, '127.0.0.1', 0));

/** Resolves when the server does not listen any more and has no connection. */
export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
