import { createServer } from 'node:http';
import { close, listenAnywhere } from '../http/listen-on-loopback.ts';

/** Takes an answer that streams, piece by piece. */
export interface StreamTaker {
  /** Resolves when there is room for the next piece. */
  take(chunk: Uint8Array): Promise<void>;
  /** Aborted when the caller hangs up. */
  hungUp: AbortSignal;
}

/**
 * Where a sandbox posts one answer that streams, as on AWS: the pieces of one request, which it can send
 * no faster than they are taken. A caller that hangs up breaks the connection.
 */
export async function receiveStream(
  taker: StreamTaker,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) await taker.take(chunk);
      response.writeHead(202).end();
    } catch {
      request.destroy(); // the sandbox has died, or the caller has hung up
    }
  });
  const port = await listenAnywhere(server);
  const hangUp = () => server.closeAllConnections();
  // A sandbox that connects after the caller has hung up finds the connection closed.
  server.on('connection', (socket) => taker.hungUp.aborted && socket.destroy());
  taker.hungUp.addEventListener('abort', hangUp);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      taker.hungUp.removeEventListener('abort', hangUp);
      await close(server);
    },
  };
}
