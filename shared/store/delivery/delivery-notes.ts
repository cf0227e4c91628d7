import type { Delivery } from '../../contract/delivery.ts';
import { deliveryKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/** What a ledger says of a reply beside its parts. */
export type DeliveryNotes = Partial<Pick<Delivery, 'notes' | 'fallback_reply_id' | 'part_count'>>;

/** PROTOCOLS 19: what went for a reply, and how that ended. False: there is no ledger any more. */
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
