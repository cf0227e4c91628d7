import { Readable } from 'node:stream';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { HEAD_END } from '../lambda/lambda-streams.ts';
import type { StreamTaker } from '../lambda/receive-stream.ts';
import type { Invocation } from '../lambda/sandbox.ts';
import { apiAnswer, INTERNAL_SERVER_ERROR } from './api-answer.ts';
import { apiEvent } from './api-event.ts';
import type { HttpAnswer, HttpAsk } from './serve.ts';

/** Runs a function with an event; an answer that streams goes to the taker. */
export type InvokeStreaming = (event: unknown, taker: StreamTaker) => Promise<Invocation>;

/**
 * What a function URL with RESPONSE_STREAM does: it hands the request over, waits for status and headers,
 * and passes the rest on as it comes, no faster than the caller takes it. A function that dies before is
 * a 502; after, the caller's connection breaks. Unlike on AWS, a caller that hangs up ends the answer.
 */
export function answerAsFunctionUrl(invoke: InvokeStreaming, ask: HttpAsk): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const caller = new AbortController();
    ask.hungUp?.addEventListener('abort', () => caller.abort());
    const body = new AnswerBody(() => caller.abort());
    let head: Buffer | null = Buffer.alloc(0);

    const take = async (chunk: Uint8Array): Promise<void> => {
      if (!head) return body.add(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(HEAD_END);
      if (end < 0) return;
      const [text, rest] = [head.toString('utf8', 0, end), head.subarray(end + HEAD_END.length)];
      head = null;
      resolve(answerWith(text, body));
      if (rest.length > 0) await body.add(rest);
    };

    void invoke(functionUrlEvent(ask), { take, hungUp: caller.signal }).then((outcome) => {
      if (!outcome.ok) body.destroy(new Error(outcome.reason));
      else body.push(null);
      // Nothing has streamed: then the value is the answer, as of any other function.
      if (head) resolve(outcome.ok ? apiAnswer(outcome.value) : BAD_GATEWAY);
    });
  });
}

const BAD_GATEWAY: HttpAnswer = { ...(INTERNAL_SERVER_ERROR as object), status: 502 };

function answerWith(head: string, body: Readable): HttpAnswer {
  const answer = apiAnswer(JSON.parse(head));
  return typeof answer === 'object' && 'status' in answer ? { ...answer, body } : answer;
}

/** Payload format 2.0, as of an HTTP API, with one route for everything. */
function functionUrlEvent(ask: HttpAsk): LambdaFunctionURLEvent {
  const route = { method: 'GET', path: '', function: 'media', auth: 'none' } as const;
  const event = apiEvent(ask, { route, parameters: {} });
  const routeKey = '$default';
  return { ...event, routeKey, requestContext: { ...event.requestContext, routeKey } };
}

/** The body of a streamed answer. It takes the next piece from the function once the caller has read the last. */
class AnswerBody extends Readable {
  #room: (() => void) | null = null;

  constructor(hangUp: () => void) {
    super({
      destroy: (error, done) => {
        hangUp();
        this.#room?.();
        done(error);
      },
    });
    this.on('error', () => {}); // the caller has hung up, and cannot be told
  }

  override _read(): void {
    this.#room?.();
    this.#room = null;
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.destroyed || chunk.length === 0 || this.push(chunk)) return;
    await new Promise<void>((resolve) => {
      this.#room = resolve;
    });
  }
}
