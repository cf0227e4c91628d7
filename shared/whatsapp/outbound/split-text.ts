import { graphemesIn } from '../../kernel/graphemes.ts';
import { linksIn } from './links.ts';

const SENTENCE_END = /[.!?…։؟۔।॥。！？｡]["'»”’)\]」』）】]{0,3}$/;
/** These end a sentence without a space after them. */
const CJK_SENTENCE_END = /(?<=[。！？｡][」』”’）】]{0,3})(?=[^\s。！？｡」』”’）】])/g;

/** How much of a link has to be seen to recognise it: `https://x`. */
const LINK_HEAD = 16;

/**
 * Cuts text into parts of at most `limit` UTF-16 units, the strictest reading of WhatsApp's
 * "characters". Text that fits comes back as it is; otherwise nothing is lost but the white space
 * at a cut. Prefers the end of a paragraph, line or sentence in the second half of a part, then any
 * space. Never cuts inside a link, a word or an emoji, unless that alone is longer than a part.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let start = 0;
  while (text.length - start > limit) {
    const gap = bestGap(text, start, limit);
    if (gap.from > start) parts.push(text.slice(start, gap.from));
    start = gap.to;
  }
  if (start < text.length) parts.push(text.slice(start));
  return parts;
}

/** What a cut takes out: white space, or nothing. The lower the rank, the better the place. */
interface Gap {
  from: number;
  to: number;
  rank: number;
}

function bestGap(text: string, start: number, limit: number): Gap {
  const window = text.slice(start, start + limit + 2); // a code point more, to see what it ends with
  const gaps = [...blanksIn(window), ...cjkSentencesIn(window)]
    .map(({ from, to, rank }) => ({ from: start + from, to: endOfBlanks(text, start + to), rank }))
    // A gap at the very start would cut nothing off, unless blanks are all there is to see.
    .filter(({ from, to }) => from <= start + limit && (from > start || to >= start + limit))
    .sort((one, other) => other.from - one.from);
  const isClean = ({ from, to }: Gap) => isApart(text, from) && isApart(text, to);

  for (const rank of [0, 1, 2, 3]) {
    const late = (gap: Gap) => gap.rank === rank && gap.from - start > limit / 2;
    const gap = gaps.find((gap) => late(gap) && isClean(gap));
    if (gap) return gap;
  }
  const last = gaps.find(isClean);
  return last && wordFits(text, last.to, limit) ? last : wordCut(text, start, limit);
}

const blanksIn = (window: string): Gap[] =>
  [...window.matchAll(/\s+/g)].map(({ index, 0: blanks }) => ({
    from: index,
    to: index + blanks.length,
    rank: rankOf(blanks, window.slice(Math.max(0, index - 4), index)),
  }));

function rankOf(blanks: string, before: string): number {
  const lines = blanks.split('\n').length - 1;
  if (lines > 0) return lines > 1 ? 0 : 1;
  return SENTENCE_END.test(before) ? 2 : 3;
}

const cjkSentencesIn = (window: string): Gap[] =>
  [...window.matchAll(CJK_SENTENCE_END)].map(({ index }) => ({
    from: index,
    to: index,
    rank: 2,
  }));

function endOfBlanks(text: string, at: number): number {
  let end = at;
  while (end < text.length && /\s/.test(text.charAt(end))) end++;
  return end;
}

/** Whether two neighbours are two graphemes: an accent may sit on a space. */
function isApart(text: string, at: number): boolean {
  if (at === 0 || at >= text.length) return true;
  const before = text.slice(isInsidePair(text, at - 1) ? at - 2 : at - 1, at);
  const after = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return graphemesIn(before + after).containing(before.length)?.index === before.length;
}

/** Whether the word at `at` can go to the next part whole. */
const wordFits = (text: string, at: number, limit: number): boolean =>
  text.length - at <= limit || /\s/.test(text.slice(at, at + limit + 1));

/** No good place at all: before a link that would be cut, else after the last whole grapheme. */
function wordCut(text: string, start: number, limit: number): Gap {
  const segments = graphemesIn(text.slice(start, start + limit + 2));
  const wholeBefore = (at: number) => start + (segments.containing(at - start)?.index ?? 0);
  const end = start + limit;
  // One grapheme longer than a part has no good cut, but half a surrogate pair is no text at all.
  const whole = wholeBefore(end);
  const cut = whole > start ? whole : isInsidePair(text, end) ? end - 1 : end;
  const links = linksIn(text.slice(start, end + LINK_HEAD));
  const link = links.find(({ from, to }) => start + from < cut && cut < start + to);
  const beforeLink = link ? wholeBefore(start + link.from) : start;
  const at = beforeLink > start ? beforeLink : cut;
  return { from: at, to: at, rank: 4 };
}

/** Whether `at` stands between the two halves of a surrogate pair. */
const isInsidePair = (text: string, at: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));
