// What Lambda's Node runtime gives to a function whose answers stream, as its source has it (npm package
// aws-lambda-ric 3.3.0, dist/index.mjs, read 2026-11-29).
import type { Writable } from 'node:stream';

/** The mark by which Lambda knows a function whose answers stream. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

export type StreamingHandler = (event: unknown, out: Writable, context: unknown) => unknown;

export const isStreaming = (handler: object): handler is StreamingHandler =>
  (handler as Record<symbol, unknown>)[STREAMING] === 'response';

/** Stands behind status and headers, which are JSON: that has no zero bytes. */
export const HEAD_END = Buffer.alloc(8);

/** Status and headers that wait for the first write. */
const HEAD = Symbol('head');

/** The stream a function writes its answer to. The head leaves before the first write, not without one. */
export function responseStream<Out extends Writable>(out: Out): Out {
  const write = out.write.bind(out) as (...piece: unknown[]) => boolean;
  return Object.assign(out, {
    setContentType: () => {},
    write: (...piece: unknown[]) => {
      const waiting = (out as { [HEAD]?: unknown })[HEAD];
      if (waiting) {
        write(JSON.stringify(waiting));
        write(HEAD_END);
        Object.assign(out, { [HEAD]: null });
      }
      return write(...piece);
    },
  });
}

/** The global of this name. */
export const awslambda = {
  streamifyResponse: (handler: object) => Object.assign(handler, { [STREAMING]: 'response' }),
  HttpResponseStream: {
    from: (out: Writable, head: Record<string, unknown>) => Object.assign(out, { [HEAD]: head }),
  },
};
