import type { MarkedToken } from 'marked';
import { closes, isBlank, isDigit, isFree, opens, type Run, runAt } from './emphasis-marks.ts';

/** Strong is bold, em is italic, del is struck out. */
type Kind = 'strong' | 'em' | 'del';

/** A run of marks on its way to pairs: what it ends, what it begins, how many of its signs are left, and whether words follow. */
interface Mark extends Run {
  left: number;
  hasWords: boolean;
  ends: Kind[];
  begins: Kind[];
}

type Piece = MarkedToken | Mark;

/**
 * The tokens of a text, in which marks are still signs, with what stands between two marks put together.
 *
 * Markdown wants a blank or a punctuation mark at the right side of `**`, and none inside. Models write
 * `**重要：**请`, `**Важно! **Не` and `2*3*4` all the same, so a mark is judged by what stands beside it,
 * and only by a mark of as many signs it is ended.
 */
export function withEmphasis(tokens: MarkedToken[]): MarkedToken[] {
  const pieces = piecesOf(tokens);
  pairMarks(pieces);
  return nested(pieces);
}

const rawOf = (tokens: MarkedToken[]): string => tokens.map(({ raw }) => raw).join('');

const isMark = (piece: Piece): piece is Mark => 'sign' in piece;

/** Only plain words have marks: not code, links and what is escaped. */
function piecesOf(tokens: MarkedToken[]): Piece[] {
  const all = rawOf(tokens);
  let from = 0;
  return tokens.flatMap((token) => {
    const start = from;
    from += token.raw.length;
    if (token.type !== 'text' || token.escaped || ('tokens' in token && token.tokens))
      return [token];
    return [...token.raw.matchAll(/\*+|_+|~+|[^*_~]+/g)].map(({ 0: raw, index }): Piece => {
      if (!/^[*_~]/.test(raw)) return words(raw);
      const run = runAt(all, start + index, start + index + raw.length);
      return { ...run, left: run.length, hasWords: false, ends: [], begins: [] };
    });
  });
}

const words = (raw: string): MarkedToken => ({ type: 'text', raw, text: raw, escaped: false });

function pairMarks(pieces: Piece[]): void {
  const open: Mark[] = [];
  let last: Mark | undefined;
  for (const piece of pieces) {
    if (!isMark(piece)) {
      if (areWords(piece.raw)) for (const mark of last ? [...open, last] : []) mark.hasWords = true;
      continue;
    }
    const isHidden = last !== undefined && hideNumber(last, piece);
    if (isHidden && open.at(-1) === last) open.pop();
    last = piece;
    if (isHidden) continue;
    if (closes(piece)) while (endsNewest(open, piece));
    if (piece.left > 0 && (opens(piece) || isFree(piece))) open.push(piece);
  }
}

const areWords = (raw: string): boolean => /[^\p{P}\s]/u.test(raw);

/** `***-**-12`, `10.0.***.***`: stars that are joined without words, and of which the first ends nothing. */
const hideNumber = (one: Mark, other: Mark): boolean =>
  one.sign === other.sign &&
  one.ends.length === 0 &&
  !one.hasWords &&
  /[-–.]/.test(one.after) &&
  /[-–.]/.test(other.before);

/** What was begun after the mark that is ended here is no mark: it stays as it is written. */
function endsNewest(open: Mark[], mark: Mark): boolean {
  const at = open.findLastIndex((other) => !isFree(other) && common(other, mark) > 0);
  const other = open[at];
  if (!other?.hasWords) return false;
  // `**注意： ** 请，**截止：**明天`: the third may begin as well as end, and the second has an end to find.
  const isNearer = (one: Mark, index: number) =>
    index > at && one.sign === mark.sign && isFree(one);
  if (opens(mark) && open.some(isNearer)) return false;
  const size = common(other, mark);
  const kind = kindOf(mark.sign, size);
  other.begins.unshift(kind);
  mark.ends.push(kind);
  for (const one of [other, mark]) one.left -= size;
  open.length = other.left > 0 ? at + 1 : at;
  return true;
}

/** How many signs two runs can give to a pair: three are bold and italic, four are bold twice. */
const SIZES: readonly number[][] = [[], [1], [2], [2, 1], [2]];

function common(one: Mark, other: Mark): number {
  if (one.sign !== other.sign) return 0;
  return SIZES[one.left]?.find((size) => SIZES[other.left]?.includes(size)) ?? 0;
}

function kindOf(sign: string, size: number): Kind {
  if (sign === '~') return 'del';
  return size === 2 ? 'strong' : 'em';
}

function nested(pieces: Piece[]): MarkedToken[] {
  const open: Piece[][] = [[]];
  for (const piece of pieces) {
    if (!isMark(piece)) {
      open.at(-1)?.push(piece);
      continue;
    }
    const { ends, begins, left } = piece;
    const goesOn = ends.length > 0 && ends.at(-1) === begins[0]; // `**a****b**` is one
    for (const kind of goesOn ? ends.slice(0, -1) : ends) {
      const inside = open.pop() ?? [];
      open.at(-1)?.push(span(kind, piece.sign, pairedLoosely(inside)));
    }
    if (left > 0) open.at(-1)?.push(piece);
    for (const _ of goesOn ? begins.slice(1) : begins) open.push([]);
  }
  return pairedLoosely(open[0] ?? []);
}

function span(kind: Kind, sign: string, tokens: MarkedToken[]): MarkedToken {
  const text = rawOf(tokens);
  const mark = sign.repeat(kind === 'em' ? 1 : 2);
  return { type: kind, raw: `${mark}${text}${mark}`, text, tokens };
}

/** Marks that found no partner: two of one line with a blank inside are a pair after all. */
function pairedLoosely(pieces: Piece[]): MarkedToken[] {
  const tokens: MarkedToken[] = [];
  let begin: { mark: Mark; at: number } | undefined;
  for (const piece of pieces) {
    if (!isMark(piece)) {
      if (piece.raw.includes('\n')) begin = undefined;
      tokens.push(piece);
      continue;
    }
    const isDouble = piece.left === 2;
    if (isDouble && begin && isLoosePair(begin.mark, piece, rawOf(tokens.slice(begin.at + 1)))) {
      const [, ...inside] = tokens.splice(begin.at);
      tokens.push(span(kindOf(piece.sign, 2), piece.sign, inside));
      begin = undefined;
      continue;
    }
    if (isDouble) begin = { mark: piece, at: tokens.length };
    tokens.push(words(piece.sign.repeat(piece.left)));
  }
  return tokens;
}

/** Blanks on both sides may be arithmetic, `4 ** 5 ** 6`, or hide digits, `9** ** 12 and 9** ** 34`. */
function isLoosePair(one: Mark, other: Mark, inside: string): boolean {
  if (one.sign !== other.sign || !areWords(inside)) return false;
  const hasBlank = isBlank(other.before);
  if (opens(one)) return hasBlank && !(opens(other) && areTwoBeginnings(one, other, inside));
  const isNoTerm = /\p{L}{2}/u.test(inside) && !/\d/.test(inside);
  const ends = closes(other) && !isDigit(other.before);
  return isFree(one) && (ends || isNoTerm || (hasBlank && /^\n?$/.test(one.before)));
}

/** `**kwargs and **options`, `**1234. **5678`: what ends at the second is no sentence or title. A strike has no other meaning. */
const areTwoBeginnings = (one: Mark, other: Mark, inside: string): boolean =>
  one.sign !== '~' &&
  (!/[.:!?…。：！？]$/u.test(inside.trimEnd()) || (isDigit(one.after) && isDigit(other.after)));
