import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { beginAgain, findDelivery } from '../../shared/store/deliveries.ts';
import type { SendDeps } from './deps.ts';
import { partAs } from './ledger.ts';

/**
 * PROTOCOLS 11: a part that failed after it was accepted waits to be sent once more. False: there is
 * nothing of the kind to do.
 */
export async function reopenPart(
  { table, now }: SendDeps,
  { channel_id, reply_id }: ReplyJob,
  { part: index, as }: NonNullable<ReplyJob['again']>,
): Promise<boolean> {
  const delivery = await findDelivery(table, channel_id, reply_id);
  const failed = delivery?.parts[index];
  if (!delivery || !failed) return false;
  if (failed.generation === 1) return true; // begun by an attempt that died: it goes on from there
  const { code, reason } = failed;
  const facts = { code, reason, retry_at: now(), attempts: 0, generation: 1 as const };
  const again = partAs('waiting', now(), { ...facts, ...(as && { as }) }, failed);
  return beginAgain(table, delivery, index, again);
}
