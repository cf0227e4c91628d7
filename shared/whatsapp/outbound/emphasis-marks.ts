/** Stars, underscores or tildes in a row, and the characters on both sides, empty at an end of the text. */
export interface Run {
  sign: string;
  length: number;
  before: string;
  after: string;
}

/** The signs that stand in a text from `begin` to `end`. */
export function runAt(text: string, begin: number, end: number): Run {
  const before = [...text.slice(Math.max(0, begin - 2), begin)].at(-1) ?? '';
  const [after = ''] = text.slice(end, end + 2);
  return { sign: text.charAt(begin), length: end - begin, before, after };
}

export const isBlank = (character: string): boolean => character.trim() === '';

/** Between blanks a mark is as likely arithmetic. */
export const isFree = ({ before, after }: Run): boolean => isBlank(before) && isBlank(after);

/** A letter or digit, or what is written above or below one; no mark holds between two of them. */
export const isLetter = (character: string | undefined): boolean =>
  /[\p{L}\p{M}\p{N}]/u.test(character ?? '') && character !== EMOJI_FORM;

/** It follows a sign and makes an emoji of it. */
const EMOJI_FORM = '\uFE0F';

/** Scripts without blanks between words, and Hangul, where endings follow a name without one. */
const GLUED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const isWord = (character: string): boolean => isLetter(character) && !GLUED.test(character);

export const isDigit = (character: string): boolean => /\p{N}/u.test(character);

/** What a term of a formula may end and begin with. */
const endsTerm = (character: string): boolean =>
  isLetter(character) || /[\p{Pe}\p{Sc}%]/u.test(character);
const beginsTerm = (character: string): boolean => isLetter(character) || /\p{Ps}/u.test(character);

const isSign = (character: string): boolean => /[\p{P}\p{S}]/u.test(character);

/** Whether the marks can stand before the words that they are for. */
export function opens({ sign, length, before, after }: Run): boolean {
  if (isBlank(after) || (/\p{Ps}/u.test(before) && /\p{Pe}/u.test(after))) return false; // +7 (***)
  if (isLetter(before) && isSign(after) && !beginsWords(length, after)) return false;
  if (length === 1) return !(endsTerm(before) && beginsTerm(after)); // 2*3, (a)*b, a_b, 5~7
  if (sign === '_') return !(isWord(before) && isWord(after));
  return !isPower(before, after);
}

/** Whether the marks can stand behind the words that they are for. */
export function closes({ sign, length, before, after }: Run): boolean {
  if (isBlank(before)) return false;
  if (isLetter(after) && isSign(before) && !endsWords(length, before)) return false;
  if (length === 1 && sign !== '*') return !(isLetter(before) && isLetter(after));
  if (length === 1 || sign === '_') return !(isWord(before) && isWord(after));
  return !(isDigit(before) && isDigit(after));
}

/** One star before a sign is more likely a pattern (`*.txt`) or arithmetic (`5*-3`) than a mark. */
const beginsWords = (length: number, sign: string): boolean =>
  length === 1 ? /[\p{Ps}\p{Pi}"]/u.test(sign) : !/[\p{Pe}\p{Pf}.,:;!?…、。，：；！？]/u.test(sign);

const endsWords = (length: number, sign: string): boolean =>
  length === 1 ? /[\p{Pe}\p{Pf}"'.:!?…。：！？]/u.test(sign) : !/[\p{Ps}\p{Pi}]/u.test(sign);

/** `x**2`, as programs write it. */
const isPower = (before: string, after: string): boolean =>
  /^[a-z\d]{2}$/i.test(before + after) && /\d/.test(before + after);
