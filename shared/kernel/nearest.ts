/** Longer words are no slip of the hand, and comparing them would take its time. */
const LONGEST = 64;

/**
 * The word that was meant, of those that there are; null: none is near. Case, dashes and
 * underscores do not count, and half a word is near the whole.
 */
export function nearest(written: string, words: readonly string[]): string | null {
  const meant = folded(written.slice(0, LONGEST));
  const near = words
    .map((word) => ({ word, apart: apart(meant, folded(word)) }))
    .filter(({ word, apart }) => apart <= Math.max(1, Math.floor(folded(word).length * 0.4)))
    .sort((one, other) => one.apart - other.apart);
  return near[0]?.word ?? null;
}

const folded = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** How many letters have to be put in, taken out, changed or swapped with their neighbour. */
function apart(one: string, other: string): number {
  if (one === other) return 0;
  if (one.length >= 4 && other.length >= 4 && (one.includes(other) || other.includes(one)))
    return 1;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && i > 1 && j > 1 ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
