import type { ChannelOptions } from '../../contract/channel-options.ts';
import type { InboundMessage } from '../../contract/inbound-item.ts';

/**
 * What the visitor wishes with a message that is one of the channel's words and nothing else: written
 * or tapped, in any case, whatever blanks and marks are around it (but `#stop` and `@stop` are other
 * words). A word of both lists stops: in doubt no template goes.
 */
export function stopWordIn(
  { content, text }: Pick<InboundMessage, 'content' | 'text'>,
  // The row of a channel that was made before there were such words names none.
  { stop_words: stops = [], start_words: starts = [] }: Partial<ChannelOptions>,
): 'stop' | 'start' | null {
  if (content.kind !== 'text' && content.kind !== 'choice') return null;
  if (stops.length + starts.length === 0) return null;
  const written = bare(content.kind === 'choice' ? content.option.label : text);
  if (written.length > LONGEST) return null;
  const said = folded(written);
  const isIn = (words: string[]) => said !== '' && words.some((word) => folded(word) === said);
  if (isIn(stops)) return 'stop';
  return isIn(starts) ? 'start' : null;
}

/**
 * Far longer than any word of a list. Unicode puts the accents of a letter in order in the square of their
 * number, so what is longer is never folded.
 */
const LONGEST = 2_000;

/** Marks that steer the direction of writing come along unseen, so they count as blanks. */
const folded = (words: string): string =>
  bare(
    words
      .normalize('NFKC')
      .toUpperCase() // first: ß has no other way to SS
      .toLowerCase()
      .replaceAll('\u0307', '') // what is left of İ
      .replace(/[\s\p{Cf}]+/gu, ' '),
  );

/** Looked at from both ends: a pattern for the end takes the square of the marks in the middle. */
function bare(words: string): string {
  const signs = [...words];
  const isMark = (sign: string | undefined) => sign !== undefined && /^[\s\p{P}]$/u.test(sign);
  let [from, to] = [0, signs.length];
  while (isMark(signs[from]) && signs[from] !== '#' && signs[from] !== '@') from++;
  while (to > from && isMark(signs[to - 1])) to--;
  return signs.slice(from, to).join('');
}
