import type { Delivery } from '../../contract/delivery.ts';
import { deliveryKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/** What a delivery says of its reply beside the parts. */
export type DeliveryNotes = Partial<Pick<Delivery, 'notes' | 'fallback_reply_id' | 'part_count'>>;

/** PROTOCOLS 19: notes what was sent in a reply's place, and how that ended. False: the delivery is gone. */
export async function noteDelivery(
  table: Table,
  { channel_id, reply_id }: Pick<Delivery, 'channel_id' | 'reply_id'>,
  facts: DeliveryNotes,
): Promise<boolean> {
  const names = Object.keys(facts);
  const noted = await updateItem(table, deliveryKey(channel_id, reply_id), {
    update: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    condition: 'attribute_exists(#parts)',
    values: Object.fromEntries(Object.entries(facts).map(([name, value]) => [`:${name}`, value])),
  });
  return noted !== null;
}

/** Notes that the agent was told of one status of one part: `word` names both. */
export async function markTold(table: Table, delivery: Delivery, word: string): Promise<void> {
  await updateItem(table, deliveryKey(delivery.channel_id, delivery.reply_id), {
    update: 'ADD #told :told',
    condition: 'attribute_exists(#pk)',
    values: { ':told': new Set([word]) },
  });
}
