import { graphemesIn } from '../../kernel/graphemes.ts';

/** One line of text, as a button or a row shows it. */
export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * A label of at most `max` UTF-16 units, cut between graphemes and marked with `…`.
 * Null when nothing of it would be left.
 */
export function cutLabel(label: string, max: number): string | null {
  if (label.length <= max) return label;
  let end = 0;
  for (const { index, segment } of graphemesIn(label.slice(0, max + 1))) {
    if (index + segment.length > max - 1) break;
    end = index + segment.length;
  }
  const kept = label.slice(0, end).trimEnd();
  return kept ? `${kept}…` : null;
}
