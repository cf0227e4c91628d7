import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline, type Readable, Transform } from 'node:stream';
import { guardedLookup, type Reach, refuse } from './http.ts';

export interface StreamRequest {
  url: string;
  headers?: Record<string, string>;
  reach: Reach;
  /** Until the first line of the answer is here. */
  answerMs: number;
  /** Between two pieces of the body, while we are ready to take the next. */
  idleMs: number;
  /** The longest body we are willing to pass on. */
  maxBytes: number;
  /** Aborted when the answer is no longer wanted. */
  signal: AbortSignal;
}

/** What is known once an answer has begun, or cannot begin any more. */
export type StreamOutcome =
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: Readable }
  | { kind: 'failed'; reason: string };

/**
 * A GET whose answer is passed on while it arrives, never held whole. No redirects are followed, and
 * where the request may go is checked as in `exchange`. Never throws; a body that ends early, stops
 * arriving or is too long ends with an error. The caller reads the body or destroys it.
 */
export async function openStream(wanted: StreamRequest): Promise<StreamOutcome> {
  const url = URL.parse(wanted.url);
  if (!url) return failed('the address cannot be read');
  const refusal = refuse(url, wanted.reach);
  if (refusal) return failed(refusal);
  if (wanted.signal.aborted) return failed('the answer is no longer wanted');
  return new Promise((resolve) => {
    const outgoing = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      headers: { 'user-agent': 'dialog360-channel', ...wanted.headers },
      // A connection of its own, because it is destroyed when the answer is no longer wanted.
      agent: false,
      lookup: guardedLookup(wanted.reach),
      signal: wanted.signal,
    });
    const late = setTimeout(() => outgoing.destroy(new Error('timeout')), wanted.answerMs);
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      resolve(failed(error.code ?? error.message));
    });
    outgoing.on('response', (answer) => {
      clearTimeout(late);
      resolve({
        kind: 'answered',
        status: answer.statusCode ?? 0,
        headers: flat(answer),
        body: watched(answer, wanted),
      });
    });
    outgoing.end();
  });
}

const failed = (reason: string): StreamOutcome => ({ kind: 'failed', reason });

/** The body, counted and timed. While its reader has no room for more, the server is not late. */
function watched(answer: IncomingMessage, { idleMs, maxBytes }: StreamRequest): Readable {
  let size = 0;
  const body = new Transform({
    transform(chunk: Buffer, _, done) {
      idle.refresh();
      size += chunk.length;
      if (size > maxBytes) done(new Error('the body is too long'));
      else done(null, chunk);
    },
  });
  const idle = setTimeout(() => {
    if (body.writableNeedDrain) idle.refresh();
    else body.destroy(new Error('the body stopped arriving'));
  }, idleMs);
  // The reader of the body gets the error; without a reader it must not end the process.
  pipeline(answer, body, () => clearTimeout(idle)).on('error', () => {});
  return body;
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );

/** The beginning of a body as text, and the end of it. Never throws. */
export async function beginningOf(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxBytes) break; // leaving the loop destroys the body
    }
  } catch {
    // What there was will do: it is only read for its words.
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}
