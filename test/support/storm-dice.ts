import { createHash } from 'node:crypto';

/** A number from 0 to 1 for one decision about one thing: the nth of its kind about that thing. */
export type Dice = (kind: string, about?: string) => number;

/**
 * Decisions that a seed repeats. Many actors of a storm ask at once and in another order each time, so a decision
 * hangs on what it is about, and not on how many others came before it.
 */
export function openDice(seed: number): Dice {
  const asked = new Map<string, number>();
  return (kind, about = '') => {
    const name = `${kind} ${about}`;
    const nth = (asked.get(name) ?? 0) + 1;
    asked.set(name, nth);
    const hash = createHash('sha256').update(`${seed} ${name} ${nth}`).digest();
    return hash.readUInt32BE() / 2 ** 32;
  };
}
