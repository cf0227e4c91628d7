import { isFields } from '../../kernel/is-fields.ts';
import { readJson } from '../../kernel/read-json.ts';
import { type AgentReply, readAgentAnswer } from './answer.ts';

/** Fewer than an answer may hold, with room for what else stands in it. */
const MAX_PICTURES = 9;

/**
 * What an agent that answers in words wants said. Words that are a JSON object with `replies` are our own
 * contract; a Markdown picture becomes an image. Nothing but blanks is no reply.
 */
export function readWords(...texts: (string | null | undefined)[]): AgentReply {
  const said = texts.map((text) => text?.trim() ?? '').filter(Boolean);
  if (said.length === 0) return silence('The answer is empty.');
  const own = said.length === 1 ? ownContract(said[0] ?? '') : null;
  return own ?? readAgentAnswer({ replies: said.flatMap(repliesIn) });
}

/** The agent answered, and nothing is to be said; `odd` where its author may have meant something. */
export const silence = (odd?: string): AgentReply => ({
  kind: 'answered',
  answer: { replies: [], dialog: 'open' },
  ...(odd && { odd: `${odd} The visitor gets nothing.` }),
});

/** Models put a fence around JSON. */
const FENCED = /^```(?:json)?\s([\s\S]*)```$/;

function ownContract(text: string): AgentReply | null {
  const inner = text.match(FENCED)?.[1]?.trim() ?? text;
  if (!inner.startsWith('{')) return null;
  const json = readJson(inner);
  return isFields(json) && Array.isArray(json.replies) ? readAgentAnswer(json) : null;
}

const PICTURE = /!\[([^\]\n]{0,500})\]\((https:\/\/[^\s()]{1,2000})(?:\s"[^"\n]{0,200}")?\)/g;

/** The words before, between and after pictures, and the pictures, in their order. */
export function repliesIn(text: string): unknown[] {
  const replies: unknown[] = [];
  let from = 0;
  for (const { 0: whole, 1: caption, 2: url, index } of [...text.matchAll(PICTURE)].slice(
    0,
    MAX_PICTURES,
  )) {
    replies.push(...wordsAlone(text.slice(from, index)));
    replies.push({ type: 'attachment', kind: 'image', url, ...(caption && { caption }) });
    from = index + whole.length;
  }
  return [...replies, ...wordsAlone(text.slice(from))];
}

const wordsAlone = (text: string): unknown[] =>
  text.trim() === '' ? [] : [{ type: 'text', text: text.trim() }];
