import { createServer, type RequestListener } from 'node:http';
import { close, listenAnywhere } from '../http/listen-on-loopback.ts';
import { serve } from '../http/serve.ts';
import { ParameterStore } from './parameter-store.ts';
import type { Emulator } from './start-dynamodb.ts';

/** The three operations of SSM's Parameter Store the product uses, over its JSON 1.1 protocol. */
export async function startSsm(
  file: string | null,
  wrap: (listener: RequestListener) => RequestListener,
): Promise<Emulator> {
  const store = new ParameterStore(file);
  const listener = serve(({ headers, body }) => {
    const operation = headers['x-amz-target']?.replace('AmazonSSM.', '') ?? '';
    const answer = store.call(operation, JSON.parse(body.toString() || '{}'));
    return {
      status: '__type' in answer ? 400 : 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(answer),
    };
  });
  const server = createServer(wrap(listener));
  const url = `http://127.0.0.1:${await listenAnywhere(server)}`;
  return { url, stop: () => close(server) };
}
