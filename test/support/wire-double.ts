import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, json, serve } from '../../infra/local/http/serve.ts';

export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** Its JSON; undefined where it had none. */
  body: Record<string, unknown> | undefined;
}

/** A server that speaks another program's wire, as the test says. */
export interface WireDouble {
  /** Its address, without a slash at its end. */
  url: string;
  requests: WireRequest[];
  /** How it answers the next POSTs, one each; the JSON of a 200, or an HTTP answer. */
  next(...answers: unknown[]): void;
  /** How it answers all other requests; it may take its time. */
  usually(answer: (request: WireRequest) => unknown): void;
  stop(): Promise<void>;
}

export async function startWireDouble(): Promise<WireDouble> {
  const requests: WireRequest[] = [];
  const scripted: unknown[] = [];
  let usual: (request: WireRequest) => unknown = () => ({});
  const answerTo = async ({
    method,
    path,
    query,
    headers,
    body,
  }: Parameters<Parameters<typeof serve>[0]>[0]) => {
    const request = {
      method,
      path: query ? `${path}?${query}` : path,
      headers,
      body: body.length > 0 ? JSON.parse(body.toString()) : undefined,
    };
    requests.push(request);
    const says = method === 'POST' && scripted.length > 0 ? scripted.shift() : await usual(request);
    return isHttp(says) ? says : json(200, says);
  };
  const { port, close } = await listenOnLoopback(serve(answerTo));
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    next: (...answers) => {
      scripted.push(...answers);
    },
    usually: (answer) => {
      usual = answer;
    },
    stop: close,
  };
}

const isHttp = (says: unknown): says is HttpAnswer =>
  says === 'no-answer' || says === 'reset' || typeof Object(says).status === 'number';
