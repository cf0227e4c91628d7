import type { Dialog360Double } from '../double.ts';
import { failureWords } from '../failure-words.ts';
import type { Outcome } from '../outcomes.ts';
import { OUTCOME_CODES, type OutcomeName } from './outcome-schema.ts';

interface Wanted {
  outcome: OutcomeName;
  code?: number | undefined;
  at_once: boolean;
  times: number;
}

/** Makes the next messages of the business fail. Returns that in words. */
export function playOutcome(
  double: Dialog360Double,
  { key, person }: Pick<Outcome, 'key' | 'person'>,
  { outcome, code = OUTCOME_CODES[outcome], at_once: atOnce, times }: Wanted,
): string {
  const wanted = { key, person, code, atOnce, times };
  double.outcomes.add(wanted);
  return outcomeWords(wanted);
}

/** What becomes of the next messages, in words. */
export function outcomeWords({ person, code, atOnce, times }: Readonly<Outcome>): string {
  const messages = times === 1 ? 'The next message' : `Each of the next ${times} messages`;
  const to = person === null ? '' : ` to ${person.includes('.') ? person : `+${person}`}`;
  const becomes = atOnce ? 'is refused' : 'is accepted and fails later';
  return `${messages}${to} ${becomes}: ${code}, ${failureWords(code, 'v2').title}.`;
}
