import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';

/** A request, read whole. */
export interface HttpAsk {
  method: string;
  /** As it was sent: still percent-encoded, without the query. */
  path: string;
  /** As it was sent, without the question mark. */
  query: string;
  /** Names in lower case; the values of a repeated header joined by commas. */
  headers: Record<string, string>;
  /** Empty when it was longer than `maxBodyBytes`. */
  body: Buffer;
  sizeBytes: number;
  sourceIp: string;
  /** Aborted when the caller hangs up before it has the whole answer. */
  hungUp?: AbortSignal;
}

/** An answer. `no-answer` keeps the caller waiting, `reset` breaks the connection. */
export type HttpAnswer =
  | {
      status: number;
      headers?: Record<string, string | string[]>;
      body?: string | Buffer | Readable;
    }
  | 'no-answer'
  | 'reset';

export const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** Turns a question-and-answer function into a listener of `node:http`. */
export const serve =
  (
    answerTo: (ask: HttpAsk) => Promise<HttpAnswer> | HttpAnswer,
    { maxBodyBytes = 10 * 1024 * 1024 } = {},
  ): RequestListener =>
  (request, response) => {
    const caller = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) caller.abort();
    });
    readAsk(request, maxBodyBytes)
      .then((ask) => answerTo({ ...ask, hungUp: caller.signal }))
      .then(
        (answer) => give(response, answer),
        // An unexpected error here must not look like an answer of the product: it has no JSON.
        (error: unknown) => give(response, { status: 500, body: `${String(error)}\n` }),
      );
  };

async function readAsk(request: IncomingMessage, maxBodyBytes: number): Promise<HttpAsk> {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Read to the end even when too long: a caller that still writes would not see the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= maxBodyBytes) chunks.push(chunk);
  }
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(
      Object.entries(request.headersDistinct).map(([name, values]) => [
        name,
        values?.join(',') ?? '',
      ]),
    ),
    body: sizeBytes <= maxBodyBytes ? Buffer.concat(chunks) : Buffer.alloc(0),
    sizeBytes,
    sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  };
}

function give(response: ServerResponse, answer: HttpAnswer): void {
  if (answer === 'no-answer') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, answer.headers);
  // What breaks off, on either side, breaks off on the other too.
  if (answer.body instanceof Readable) pipeline(answer.body, response, () => {});
  else response.end(answer.body);
}
