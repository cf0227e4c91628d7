import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import { deadLetters, type LetterFilter } from '../api/dead-letters.ts';

/** A page of the endpoint may be empty although another one follows: so many make a page for people. */
const ENOUGH = 50;

/** Letters from there on, and where those behind them begin; null: nowhere. Throws `Refused`. */
export async function someLetters(
  filter: LetterFilter,
  from: string | null,
): Promise<{ letters: LetterSummary[]; next: string | null }> {
  const letters: LetterSummary[] = [];
  for (let next = from; ; ) {
    const page = await deadLetters.list(filter, next);
    letters.push(...page.dead_letters);
    next = page.next;
    if (next === null || letters.length >= ENOUGH) return { letters, next };
  }
}
