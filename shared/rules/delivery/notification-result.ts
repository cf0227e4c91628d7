import type { Delivery, Part } from '../../contract/delivery.ts';
import type { NotificationJob } from '../../contract/jobs.ts';
import type { NotificationResult } from '../../contract/notification.ts';
import { idOf } from '../../kernel/hash.ts';

/** The number has no WhatsApp account: today's code, and the old API's (docs/360dialog.md#error-codes). */
const NO_ACCOUNT: readonly (string | null)[] = ['provider-131026', 'provider-1013'];

/**
 * How a notification ended, as far as its one message tells; null: it may still end either way.
 * `timeUp`: the agent waits no longer. A message that has not failed by then counts as a success, though
 * not a final one: a phone that was off may still get it.
 */
export function notificationResult(
  { parts: { 0: part } }: Pick<Delivery, 'parts'>,
  { timeUp }: { timeUp: boolean },
): Omit<NotificationResult, 'id' | 'chat_id' | 'request_id'> | null {
  const { status, code = null, reason = null } = part ?? { status: 'waiting' as const };
  const words = { ...(code !== null && { code }), ...(reason !== null && { reason }) };
  switch (status) {
    case 'failed':
      if (part?.goes_again && !timeUp) return null;
      // Not final: it is unknown whether the message went, or it is sent once more.
      return {
        result: hasNoAccount(code) ? 'no_account' : 'fail',
        status,
        final: code !== 'outcome-unknown' && !part?.goes_again,
        ...words,
      };
    case 'refused':
    case 'expired':
      return { result: 'fail', status, final: true, ...words };
    case 'delivered':
    case 'read':
    case 'played':
      return { result: 'success', status, final: true };
    default:
      return timeUp ? { result: 'success', status, final: false, ...words } : null;
  }
}

const hasNoAccount = (code: Part['code']): boolean => NO_ACCOUNT.includes(code);

/** PROTOCOLS 21.1: the look at a notification when its time is up. */
export const lookAtResult = (
  { channel_id, reply_id, accepted_at }: Pick<Delivery, 'channel_id' | 'reply_id' | 'accepted_at'>,
  timeoutMinutes: number,
): { id: string; at: number; job: NotificationJob } => ({
  id: idOf('due', 'notification', channel_id, reply_id),
  at: accepted_at + timeoutMinutes * 60_000,
  job: { kind: 'notification', channel_id, reply_id, time_up: true },
});
