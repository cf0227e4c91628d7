// LangGraph's server, hosted or your own. docs/agents/langgraph.md has the facts.
import { createHash } from 'node:crypto';
import { isFields } from '../../kernel/is-fields.ts';
import { type AgentReply, refused } from './answer.ts';
import { jsonOf, under } from './hear.ts';
import type { Heard, Kind, KindEnd, KindRequest, KindTurn } from './kind.ts';
import { picturesOf } from './pictures.ts';
import { readWords, silence } from './read-words.ts';
import { wordsOfTurn } from './words-of-turn.ts';

/** The graph has asked a question: the next message resumes it. `last`: the last message before it. */
interface Interrupted {
  interrupted: true;
  last: string | null;
}

export const langgraph: Kind = {
  seesPictures: true,
  *converse(turn) {
    const { session } = turn;
    if (isFields(session) && session.interrupted === true) {
      const heard = yield request(turn, { command: { resume: wordsOfTurn(turn.event) } });
      const last = typeof session.last === 'string' ? session.last : null;
      const end = readRun(heard, { after: last });
      if (end !== 'forgotten') return end;
    }
    const { id } = turn.event.event;
    const heard = yield request(turn, {
      input: { messages: [{ role: 'user', content: contentOf(turn), id }] },
    });
    const end = readRun(heard, { after: id });
    if (end !== 'forgotten') return end;
    return {
      reply: refused('agent-rejected', 'The server does not know the thread it was given.'),
    };
  },
  check: ({ url, apiKey }) => ({
    request: { method: 'GET', url: under(url ?? '', '/ok'), headers: keyHeader(apiKey) },
    read: ({ status }) =>
      status === 200
        ? 'The LangGraph server says ok.'
        : `The server answers HTTP ${status}, and not as LangGraph’s does.`,
  }),
};

const keyHeader = (key: string | null): Record<string, string> =>
  key === null ? {} : { 'x-api-key': key };

const request = (
  { event, url, apiKey, settings }: KindTurn,
  what: Record<string, unknown>,
): KindRequest => ({
  method: 'POST',
  url: under(url ?? '', `/threads/${threadOf(event.chat.id)}/runs/wait`),
  headers: keyHeader(apiKey),
  body: {
    assistant_id: settings.assistant_id,
    ...what,
    if_not_exists: 'create',
    metadata: metadataOf(event),
  },
});

const metadataOf = (event: KindTurn['event']) => ({
  event_id: event.event.id,
  chat_id: event.chat.id,
  channel_id: event.channel.id,
  ...('request' in event && { incoming_request: event.request.body }),
});

/** A thread's id must be a UUID: version 8 (RFC 9562 §5.8), made from the chat's id. */
function threadOf(chatId: string): string {
  const hex = createHash('sha256').update(`thread:${chatId}`).digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function contentOf({ event, inlined }: KindTurn): unknown {
  const words = wordsOfTurn(event);
  const pictures = picturesOf(event).map(({ url }) => ({
    type: 'image_url',
    image_url: { url: inlined.get(url) ?? url },
  }));
  return pictures.length === 0 ? words : [{ type: 'text', text: words }, ...pictures];
}

function readRun(heard: Heard, { after }: { after: string | null }): KindEnd | 'forgotten' {
  if (heard.status === 404) return codeOfUnknown(heard) ?? 'forgotten';
  const read = jsonOf(heard);
  if ('reply' in read) return read;
  const state = Object(read.json);
  if (isFields(state.__error__)) return { reply: failedRun(state.__error__) };
  const messages = Array.isArray(state.messages)
    ? (state.messages as unknown[]).filter(isFields)
    : null;
  const questions = Array.isArray(state.__interrupt__) ? state.__interrupt__.map(questionIn) : [];
  if (messages === null && questions.length === 0) {
    return { reply: silence('The graph’s state has no messages.') };
  }
  const at = messages?.findIndex(({ id }) => id === after) ?? -1;
  if (messages && at === -1 && after !== null && messages.every(({ type }) => type !== 'ai')) {
    return 'forgotten';
  }
  const said = (messages ?? [])
    .slice(at + 1)
    .filter(isFromModel)
    .map(textIn);
  const last = messages?.at(-1)?.id;
  const session: Interrupted | null =
    questions.length > 0
      ? { interrupted: true, last: typeof last === 'string' ? last : null }
      : null;
  return { reply: readWords(...said, ...questions), session };
}

/** An assistant that is not there is a slip of the operator's; a thread that is not there was forgotten. */
function codeOfUnknown({ body }: Heard): KindEnd | null {
  return /assistant|graph/i.test(body.subarray(0, 2_000).toString('utf8'))
    ? { reply: refused('agent-rejected', 'HTTP 404, the server has no such assistant_id') }
    : null;
}

function failedRun({ error }: Record<string, unknown>): AgentReply {
  const name = typeof error === 'string' && /^\w{1,60}$/.test(error) ? ` (${error})` : '';
  return { kind: 'unavailable', reason: `the run failed${name}`, retryAfterMs: null };
}

const isFromModel = ({ type, role }: Record<string, unknown>): boolean =>
  type === 'ai' || role === 'assistant';

function textIn({ content }: Record<string, unknown>): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => (typeof part === 'string' ? part : Object(part).text))
    .filter((text) => typeof text === 'string')
    .join('');
}

const ASKED_AS = ['question', 'text', 'message', 'prompt', 'description'];

/** What an interrupt asks: its value, or the member of it that is a question. */
function questionIn(interrupt: unknown): string {
  const { value } = Object(interrupt);
  if (typeof value === 'string') return value;
  const name = ASKED_AS.find((name) => typeof Object(value)[name] === 'string');
  return name ? Object(value)[name] : JSON.stringify(value ?? '');
}
