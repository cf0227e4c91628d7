import { notOurs } from '../route.ts';

/**
 * Where a page of a chat's record begins: first come its turns, then what was said, then the dead letters about
 * its visitor.
 */
export type RecordPosition =
  /** Behind the turn `after` of one list of older turns; null: of those the row names. */
  | { at: 'turns'; list: string | null; after: string }
  /** Behind the entry with this sort key; null: with the newest. */
  | { at: 'history'; after: string | null }
  /** Behind the letter with this sort key; null: with the first. */
  | { at: 'letters'; after: string | null };

export const FIRST: RecordPosition = { at: 'turns', list: null, after: '' };

const WORDS = { turns: 't', history: 'h', letters: 'l' };
const BLANK = ' ';

/** The cursor that a caller gives back. */
export const writePosition = (position: RecordPosition): string => {
  const words =
    position.at === 'turns'
      ? [WORDS.turns, position.list ?? '', position.after]
      : [WORDS[position.at], position.after ?? ''];
  return Buffer.from(words.join(BLANK)).toString('base64url');
};

/** Throws `request-invalid` for what is no cursor of ours. */
export function readPosition(cursor: string): RecordPosition {
  const words = Buffer.from(cursor, 'base64url').toString().split(BLANK);
  const [what, first = '', second] = words;
  if (what === WORDS.turns && words.length === 3 && second !== undefined) {
    return { at: 'turns', list: first || null, after: second };
  }
  if (what === WORDS.history && words.length === 2) return { at: 'history', after: first || null };
  if (what === WORDS.letters && words.length === 2) return { at: 'letters', after: first || null };
  return notOurs('cursor');
}
