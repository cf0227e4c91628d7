import type { FailedCall } from '../contract/failed-call.ts';
import type { ProviderAnswer } from './call.ts';
import { providerWords } from './provider-words.ts';

/** Reads how a call ended: 2xx is done, 5xx counts as no answer, any other status is a refusal. */
export function readCall(answer: ProviderAnswer): { kind: 'done'; json: unknown } | FailedCall {
  if (answer.kind !== 'answered') return { kind: 'unreachable', reason: answer.reason };
  const { status, json } = answer;
  if (status >= 500) return { kind: 'unreachable', reason: `HTTP ${status}` };
  return status >= 200 && status < 300
    ? { kind: 'done', json }
    : { kind: 'refused', status, words: providerWords(json) };
}
