import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { roundOf } from '../../../shared/rules/delivery/callback-data.ts';
import { beginAgain } from '../../../shared/store/delivery/begin-again.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import type { SendDeps } from '../deps.ts';
import { partAs } from '../open-delivery.ts';

/**
 * PROTOCOLS 11: a part that failed after it was accepted waits to be sent once more. Returns the
 * delivery it stands in; null: there is no such part to send.
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
  // The failed message is this part's no longer: a new round that fails before it has a message of its
  // own is then reported like any part that never left.
  const facts = {
    code,
    reason,
    retry_at: now(),
    attempts: 0,
    round,
    message_id: null,
    ...(as && { as, file_reason: reason }),
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
