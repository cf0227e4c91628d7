import type { Finding } from './failure.ts';
import { nearest } from './nearest.ts';

const LONGEST_NAME = 64;

/**
 * A finding for each name that is written down and not among `names`: a slip would otherwise be ignored in
 * silence. `what`: what each of the names is; `ending`: how the sentence goes on.
 */
export const unknownNames = (
  written: readonly string[],
  names: readonly string[],
  what: string,
  ending = (name: string) => whatThereIs(nearest(name, names), names),
): Finding[] =>
  written
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: name.slice(0, LONGEST_NAME),
      detail: `is not ${what}${ending(name)}`,
    }));

/** The name that was meant, else all there are. */
export function whatThereIs(meant: string | null, names: readonly string[]): string {
  if (meant !== null) return `: did you mean ${meant}?`;
  return names.length > 0 ? `; there are ${names.join(', ')}` : '; there are none';
}
