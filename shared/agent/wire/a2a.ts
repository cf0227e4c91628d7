// The Agent2Agent protocol over JSON-RPC, 1.0 and 0.3. docs/agents/a2a.md has the facts.
import * as z from 'zod/mini';
import { isFields } from '../../kernel/is-fields.ts';
import { read as readAs } from '../../kernel/parse.ts';
import { type Service, serviceIn } from './a2a-card.ts';
import { type A2aMessage, readResult, rpcOf } from './a2a-words.ts';
import { refused } from './answer.ts';
import { bearer, jsonOf } from './hear.ts';
import type { Heard, Kind, KindEnd, KindRequest, KindTurn } from './kind.ts';
import { filesOfTurn, wordsOfTurn } from './words-of-turn.ts';

/** What is kept of a conversation: where it is held, its context, and a task that waits for an answer. */
const sessionSchema = z.object({
  service: z.object({ url: z.string(), version: z.enum(['1.0', '0.3']) }),
  context: z.nullable(z.string()),
  task: z.nullable(z.string()),
});
type Session = z.infer<typeof sessionSchema>;

/** A working task is looked at after so long, and then after twice as long each time, up to the last. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 8_000;

const TASK_NOT_FOUND = -32001;
const METHOD_NOT_FOUND = -32601;
const VERSION_NOT_SUPPORTED = -32009;

type Talk<T> = Generator<KindRequest, T, Heard>;

export const a2a: Kind = {
  *converse(turn) {
    const kept = sessionIn(turn.session);
    const service = kept?.service ?? (yield* findService(turn));
    if ('reply' in service) return service;
    const first = yield* send(turn, service, kept);
    if (first.kind === 'end') return first.end;
    if (first.code === TASK_NOT_FOUND && kept) return endOf(yield* send(turn, service, null));
    const isOlder = first.code === METHOD_NOT_FOUND || first.code === VERSION_NOT_SUPPORTED;
    if (isOlder && service.version === '1.0') {
      return endOf(yield* send(turn, { ...service, version: '0.3' }, null));
    }
    return endOf(first);
  },
  check: ({ url, apiKey }) => ({
    request: { method: 'GET', url: cardOf(url ?? ''), headers: bearer(apiKey) },
    read: (heard) => {
      const read = jsonOf(heard);
      const service = 'json' in read ? serviceIn(read.json, cardOf(url ?? '')) : null;
      if (!service) return `Its agent card could not be read (HTTP ${heard.status}).`;
      return `Its agent card says: JSON-RPC ${service.version}.`;
    },
  }),
};

/** The card of the agent behind an address: itself, or where the protocol puts it. */
const cardOf = (url: string): string =>
  isCard(url) ? url : (URL.parse('/.well-known/agent-card.json', url)?.href ?? url);

const isCard = (url: string): boolean => URL.parse(url)?.pathname.endsWith('.json') ?? false;

function* findService({ url, apiKey }: KindTurn): Talk<Service | KindEnd> {
  if (!isCard(url ?? '')) return { url: url ?? '', version: '1.0' };
  const read = jsonOf(yield { method: 'GET', url: url ?? '', headers: bearer(apiKey) });
  if ('reply' in read) return read;
  const service = serviceIn(read.json, url ?? '');
  const reason = 'The agent card names no JSON-RPC interface.';
  return service ?? { reply: refused('agent-answer-invalid', reason) };
}

type Sent = { kind: 'end'; end: KindEnd } | { kind: 'error'; code: number };

function* send(turn: KindTurn, service: Service, kept: Session | null): Talk<Sent> {
  const rpc = rpcOf(service.version);
  const { event, apiKey } = turn;
  const call = (id: string, method: string, params: unknown, afterMs = 0): KindRequest => ({
    method: 'POST',
    url: service.url,
    headers: { ...bearer(apiKey), 'a2a-version': service.version, accept: 'application/json' },
    body: { jsonrpc: '2.0', id, method, params },
    afterMs,
  });
  const message: A2aMessage = {
    id: event.event.id,
    words: wordsOfTurn(event),
    files: filesOfTurn(event),
    context: kept?.context ?? null,
    task: kept?.task ?? null,
    metadata: 'request' in event ? { incoming_request: event.request.body } : null,
  };
  let heard = yield call(event.event.id, rpc.send, rpc.paramsOf(message));
  for (let afterMs = FIRST_LOOK_MS; ; afterMs = Math.min(afterMs * 2, LAST_LOOK_MS)) {
    const read = jsonOf(heard);
    if ('reply' in read) return { kind: 'end', end: read };
    const { result, error } = Object(read.json);
    if (isFields(error)) return { kind: 'error', code: Number(error.code) };
    const said = readResult(result);
    if (said.kind === 'end') {
      const session: Session = { service, context: said.context, task: said.task };
      return { kind: 'end', end: { reply: said.reply, session } };
    }
    heard = yield call(event.event.id, rpc.look, { id: said.task }, afterMs);
  }
}

function endOf(sent: Sent): KindEnd {
  if (sent.kind === 'end') return sent.end;
  const reason = `the agent answers the JSON-RPC error ${sent.code}`;
  // Its own mistake, which may pass; all others are about what we sent.
  return sent.code === -32603
    ? { reply: { kind: 'unavailable', reason, retryAfterMs: null } }
    : { reply: refused('agent-rejected', reason) };
}

function sessionIn(kept: unknown): Session | null {
  const session = readAs(sessionSchema, kept);
  return session.ok ? session.value : null;
}
