import type { ProviderAnswer } from './call.ts';
import { providerWords } from './provider-words.ts';

/** A call that did not do what it was for: a no with its reason, or nobody there. */
export type FailedCall =
  | { kind: 'refused'; status: number; words: string | null }
  | { kind: 'unreachable'; reason: string };

/** Reads the end of a call: 2xx is done, 5xx counts as nobody there, anything else is a no. */
export function readCall(answer: ProviderAnswer): { kind: 'done'; json: unknown } | FailedCall {
  if (answer.kind !== 'answered') return { kind: 'unreachable', reason: answer.reason };
  const { status, json } = answer;
  if (status >= 500) return { kind: 'unreachable', reason: `HTTP ${status}` };
  return status >= 200 && status < 300
    ? { kind: 'done', json }
    : { kind: 'refused', status, words: providerWords(json) };
}
