import type { FailedCall } from '../contract/failed-call.ts';
import { readErrorJson } from '../whatsapp/provider-error-body.ts';
import { statusOf } from '../whatsapp/provider-errors.ts';
import type { ProviderAnswer } from './call.ts';
import { providerWords } from './provider-words.ts';

/**
 * Reads how a call ended: 2xx is done, unless its body says that it failed; 5xx counts as no answer, any
 * other status is a refusal.
 */
export function readCall(answer: ProviderAnswer): { kind: 'done'; json: unknown } | FailedCall {
  if (answer.kind !== 'answered') return { kind: 'unreachable', reason: answer.reason };
  const { json } = answer;
  const status = statusOf(answer.status, readErrorJson(json));
  if (status >= 500) return { kind: 'unreachable', reason: `HTTP ${status}` };
  return status >= 200 && status < 300
    ? { kind: 'done', json }
    : { kind: 'refused', status, words: providerWords(json) };
}
