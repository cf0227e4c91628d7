import { type Problem, Refused } from '../api/call.ts';
import { deadLetters, type LetterFilter } from '../api/dead-letters.ts';

export type LetterAction = 'redrive' | 'drop';

/** What was done with letters. */
export interface Done {
  what: LetterAction;
  done: number;
  /** Those that stay, and why. */
  refused: { id: string; problem: Problem }[];
  /** Why it did not go on; null: it came to the end. */
  stopped: Problem | null;
}

/** The next letter would get the same: the endpoint does not answer, fails, or is asked too often. */
const stops = ({ status }: Problem): boolean => status === 0 || status === 429 || status >= 500;

/** All letters that a filter means, read to the end before the first is touched. Throws `Refused`. */
export async function lettersMeant(filter: LetterFilter): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | null = null; ; ) {
    const page = await deadLetters.list(filter, next);
    ids.push(...page.dead_letters.map(({ id }) => id));
    if (page.next === null) return ids;
    next = page.next;
  }
}

/** Redrives or drops letters one after the other. What is refused stays; it stops where nothing answers. */
export async function doWithLetters(
  what: LetterAction,
  ids: string[],
  onStep: (done: number) => void,
): Promise<Done> {
  const result: Done = { what, done: 0, refused: [], stopped: null };
  for (const [at, id] of ids.entries()) {
    onStep(at);
    try {
      await deadLetters[what](id);
      result.done += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (stops(error.problem)) return { ...result, stopped: error.problem };
      result.refused.push({ id, problem: error.problem });
    }
  }
  return result;
}
