import { hasFailed } from '../kernel/http.ts';
import { readRetryAfter } from '../kernel/retry-after.ts';
import { type ProviderRefusal, readProviderError } from '../whatsapp/provider-errors.ts';
import { type CallLimits, call, type ProviderAnswer } from './call.ts';
import { type Account, messagesPath } from './hosts.ts';

/** What is known after a message was handed to the provider. */
export type SendOutcome =
  /** Accepted, which does not say delivered (docs/360dialog.md#answers-to-a-send). `waId` may differ from `to`. */
  | { kind: 'accepted'; messageId: string; waId: string | null }
  /** A definite no; whether for now or for good, the refusal says. */
  | { kind: 'refused'; refusal: ProviderRefusal; retryAfterMs: number | null }
  /** Nothing left this machine. */
  | { kind: 'not-sent'; reason: string }
  /** It may have been accepted. */
  | { kind: 'unknown'; reason: string };

/**
 * Hands one message to the provider. Never throws: whatever the provider does is an outcome. `failed`: it
 * did not answer, could not be reached, or answered 5xx, whatever that says of the message.
 */
export async function sendMessage(
  account: Account,
  message: Record<string, unknown>,
  limits: CallLimits,
): Promise<SendOutcome & { failed: boolean }> {
  const path = messagesPath(account.hosting);
  const answer = await call(account, { method: 'POST', path, json: message }, limits);
  return { ...readOutcome(answer), failed: hasFailed(answer) };
}

function readOutcome(answer: ProviderAnswer): SendOutcome {
  if (answer.kind === 'not-sent') return answer;
  if (answer.kind === 'no-answer') return { kind: 'unknown', reason: answer.reason };
  const { status, headers, json, bytes } = answer;
  const succeeded = status >= 200 && status < 300;
  const accepted = succeeded ? readAccepted(json) : null;
  if (accepted) return accepted;
  const refusal = readProviderError(status, bytes.toString('utf8'));
  if (refusal.next === 'unknown') {
    return {
      kind: 'unknown',
      reason: succeeded ? 'the answer names no message' : `HTTP ${status}`,
    };
  }
  const retryAfterMs = readRetryAfter(headers['retry-after'], headers.date);
  return { kind: 'refused', refusal, retryAfterMs };
}

/** `{ messages: [{ id }], contacts: [{ wa_id }] }`. Null: a success that names no message may be an error. */
function readAccepted(json: unknown): SendOutcome | null {
  const answer = json as {
    messages?: { id?: unknown }[];
    contacts?: { wa_id?: unknown }[];
  } | null;
  const messageId = answer?.messages?.[0]?.id;
  const waId = answer?.contacts?.[0]?.wa_id;
  if (typeof messageId !== 'string' || messageId === '') return null;
  return { kind: 'accepted', messageId, waId: typeof waId === 'string' ? waId : null };
}
