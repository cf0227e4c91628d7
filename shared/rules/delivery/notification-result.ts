import type { Delivery, Part } from '../../contract/delivery.ts';
import type { NotificationResult } from '../../contract/notification.ts';

/** Nobody there: WhatsApp's code, and that of its old API (docs/360dialog.md#error-codes). */
const NO_ACCOUNT: readonly (string | null)[] = ['provider-131026', 'provider-1013'];

/**
 * How a notification ended, as far as its one message tells (product.md C13); null: it may still end
 * either way. `timeUp`: the agent waits no longer, and hears what there is.
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
      // Nobody knows whether it went, or it is sent once more: a later status knows better.
      return {
        result: isNobody(code) ? 'no_account' : 'fail',
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

const isNobody = (code: Part['code']): boolean => NO_ACCOUNT.includes(code);
