import type { Delivery } from '../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { roundOf } from '../../shared/rules/delivery/callback-data.ts';
import { beginAgain } from '../../shared/store/delivery/begin-again.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import type { SendDeps } from './deps.ts';
import { partAs } from './ledger.ts';

/**
 * PROTOCOLS 11: a part that failed after it was accepted waits to be sent once more. Returns the
 * ledger it stands in; null: there is nothing of the kind to do.
 */
export async function reopenPart(
  { table, now }: SendDeps,
  { channel_id, reply_id }: ReplyJob,
  { part: index, as, round, window }: NonNullable<ReplyJob['again']>,
): Promise<Delivery | null> {
  const delivery = await findDelivery(table, channel_id, reply_id);
  const failed = delivery?.parts[index];
  if (!delivery || !failed) return null;
  if (roundOf(failed) === round) return delivery; // begun by an attempt that died: it goes on
  const { code, reason } = failed;
  // The message that failed is not this part's any more: a failure before the next one is told as such.
  const facts = {
    code,
    reason,
    retry_at: now(),
    attempts: 0,
    round,
    message_id: null,
    ...(as && { as }),
    ...(window === 'doubted' && { window_doubted: true as const }),
    ...(window === 'refuted' && { window_refuted: true as const }),
  };
  const again = partAs('waiting', now(), facts, failed);
  if (await beginAgain(table, delivery, index, again)) {
    return { ...delivery, parts: { ...delivery.parts, [index]: again } };
  }
  // Begun all the same, where the answer to our own write was lost; else it did not fail after all.
  const found = await findDelivery(table, channel_id, reply_id);
  return roundOf(found?.parts[index]) === round ? found : null;
}
