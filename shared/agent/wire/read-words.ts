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

/** The words before, between and after pictures, and the pictures, in their order. */
export function repliesIn(text: string): unknown[] {
  const replies: unknown[] = [];
  const [before = '', ...parts] = text.split('![');
  let words = before;
  let pictures = 0;
  for (const part of parts) {
    const picture = pictures < MAX_PICTURES ? pictureAt(part) : null;
    if (picture === null) {
      words += `![${part}`;
      continue;
    }
    pictures += 1;
    replies.push(...wordsAlone(words), picture.reply);
    words = part.slice(picture.length);
  }
  return [...replies, ...wordsAlone(words)];
}

/** The rest of a Markdown picture: `caption](https://… "title")`. */
function pictureAt(part: string): { reply: unknown; length: number } | null {
  const middle = part.indexOf('](');
  const end = part.indexOf(')', middle);
  if (middle === -1 || end === -1) return null;
  const caption = part.slice(0, middle);
  const [url = '', ...title] = part.slice(middle + 2, end).split(' ');
  const isPlain = title.length === 0 || title.join(' ').trim().startsWith('"');
  if (!url.startsWith('https://') || /[\s(]/.test(url) || !isPlain) return null;
  if (/[\]\n]/.test(caption)) return null;
  const reply = { type: 'attachment', kind: 'image', url, ...(caption && { caption }) };
  return { reply, length: end + 1 };
}

const wordsAlone = (text: string): unknown[] =>
  text.trim() === '' ? [] : [{ type: 'text', text: text.trim() }];
