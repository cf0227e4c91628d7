import type { Dialog360Double } from '../double.ts';
import { failureWords } from '../failure-words.ts';
import type { Outcome } from '../outcomes.ts';
import { OUTCOME_CODES, type OutcomeName } from './outcome-schema.ts';

interface Wanted {
  outcome: OutcomeName;
  code?: number | undefined;
  at_once: boolean;
  times: number;
  fault?: string;
}

/** Makes the next messages of the business fail. Returns that in words. */
export function playOutcome(
  double: Dialog360Double,
  { key, person }: Pick<Outcome, 'key' | 'person'>,
  { outcome, code = OUTCOME_CODES[outcome] ?? undefined, at_once: atOnce, times, fault }: Wanted,
): string {
  const isLost = code === undefined;
  const wanted = {
    key,
    person,
    code: code ?? null,
    atOnce: atOnce && !isLost,
    times,
    ...(fault && { fault }),
  };
  double.outcomes.add(wanted);
  return outcomeWords(wanted);
}

/** What becomes of the next messages, in words. */
export function outcomeWords({ person, code, atOnce, times }: Readonly<Outcome>): string {
  const messages =
    times === 1
      ? 'The next message'
      : times === Infinity
        ? 'Every message'
        : `Each of the next ${times} messages`;
  const to = person === null ? '' : ` to ${person.includes('.') ? person : `+${person}`}`;
  if (code === null) return `${messages}${to} is accepted, and the answer is lost.`;
  const becomes = atOnce ? 'is refused' : 'is accepted and fails later';
  return `${messages}${to} ${becomes}: ${code}, ${failureWords(code, 'v2').title}.`;
}
