import type { FunctionName } from '../../functions.ts';
import { type Route, STREAMED } from '../../routes.ts';
import type { Caller } from '../lambda/pool.ts';
import type { StreamTaker } from '../lambda/receive-stream.ts';
import type { Invocation } from '../lambda/sandbox.ts';
import { refusalLine } from '../terminal/refusal-line.ts';
import { apiAnswer, INTERNAL_SERVER_ERROR } from './api-answer.ts';
import { apiEvent } from './api-event.ts';
import { answerAsFunctionUrl } from './function-url.ts';
import { matchRoute } from './match-route.ts';
import { onlyThisMachine, onlyThisMachineInJson } from './only-this-machine.ts';
import { type HttpAnswer, type HttpAsk, json } from './serve.ts';

/**
 * A page or double of the runtime's own beside the product's endpoints, for calls of this machine
 * only.
 */
export interface Mount {
  prefix: string;
  /** `path` is what follows the prefix. */
  answerTo(ask: HttpAsk): Promise<HttpAnswer> | HttpAnswer;
}

export interface ApiGateway {
  routes: readonly Route[];
  invoke(name: FunctionName, event: unknown, caller: Caller): Promise<Invocation>;
  isUp(): boolean;
  mounts: Mount[];
  /** One line for people about a call that an endpoint refused. */
  tell(line: string): void;
}

/** API Gateway's limit for a body, and Lambda's for an event. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_EVENT_BYTES = 6 * 1024 * 1024;
/** The longest API Gateway waits for a function. */
const MAX_WAIT_MS = 30_000;

/**
 * Answers a request to the port of the local runtime: what streams as its function URL does, the
 * product's routes as API Gateway does, then the mounts.
 */
export async function answerAsApiGateway(gateway: ApiGateway, ask: HttpAsk): Promise<HttpAnswer> {
  if (ask.path === '/healthz') {
    return gateway.isUp() ? json(200, { status: 'ok' }) : json(503, { status: 'starting' });
  }
  if (ask.path.startsWith(STREAMED.prefix)) {
    const invoke = (event: unknown, taker: StreamTaker) =>
      gateway.invoke(STREAMED.function, event, { taker, gone: taker.hungUp });
    return answerAsFunctionUrl(invoke, ask);
  }
  const match = matchRoute(gateway.routes, ask.method, ask.path);
  if (match) {
    const { route } = match;
    const stranger = route.auth === 'iam' ? onlyThisMachineInJson(ask) : null;
    const answer =
      stranger ?? (await callFunction(gateway, route.function, apiEvent(ask, match), ask));
    // The path of a webhook, and that of an Incoming Request, holds a secret.
    const path = route.auth === 'iam' ? ask.path : route.path;
    const line = refusalLine(`${route.method} ${path}`, answer);
    if (line) gateway.tell(line);
    return answer;
  }
  const mount = gateway.mounts.find(({ prefix }) => isUnder(prefix, ask.path));
  if (!mount) return json(404, { message: 'Not Found' });
  return (
    onlyThisMachine(ask) ??
    mount.answerTo({ ...ask, path: ask.path.slice(mount.prefix.length) || '/' })
  );
}

async function callFunction(
  gateway: ApiGateway,
  name: FunctionName,
  event: unknown,
  { sizeBytes, hungUp }: HttpAsk,
): Promise<HttpAnswer> {
  if (sizeBytes > MAX_BODY_BYTES || JSON.stringify(event).length > MAX_EVENT_BYTES) {
    return json(413, { message: 'Request Entity Too Large' });
  }
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), MAX_WAIT_MS);
  const tooLong = new Promise<'too-long'>((resolve) => {
    waiting.signal.addEventListener('abort', () => resolve('too-long'));
  });
  const gone = hungUp ? AbortSignal.any([waiting.signal, hungUp]) : waiting.signal;
  const outcome = await Promise.race([gateway.invoke(name, event, { gone }), tooLong]);
  clearTimeout(timer);
  if (outcome === 'too-long') return json(503, { message: 'Service Unavailable' });
  return outcome.ok ? apiAnswer(outcome.value) : INTERNAL_SERVER_ERROR;
}

/** Whether a path is below a prefix. `/` is a page of its own, with nothing below it. */
const isUnder = (prefix: string, path: string) =>
  path === prefix || (prefix !== '/' && path.startsWith(`${prefix}/`));
