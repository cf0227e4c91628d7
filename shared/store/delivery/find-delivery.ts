import type { Delivery } from '../../contract/delivery.ts';
import { deliveryKey } from '../keys.ts';
import { getItem, type Table } from '../table.ts';

/**
 * What became of a reply; null when nothing is known of it, or it was erased. Always read consistently:
 * a sender that resumes a reply must see what the invocation before it wrote.
 */
export async function findDelivery(
  table: Table,
  channelId: string,
  replyId: string,
): Promise<Delivery | null> {
  const key = deliveryKey(channelId, replyId);
  const found = await getItem<Delivery & { erased_at?: number }>(table, key, { consistent: true });
  return found && found.erased_at === undefined ? found : null;
}
