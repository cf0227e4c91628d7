import type { Delivery } from '../../contract/delivery.ts';
import { DELIVERY_DAYS, deliveryKey, expiry } from '../keys.ts';
import { putItem, type Table } from '../table.ts';

/** For so long an id of the agent's names one reply (docs/contract.md#replies). */
const OWN_ID_MS = 24 * 60 * 60 * 1000;

/**
 * PROTOCOLS 4.2 and 12.6: writes the delivery before anything leaves. False: there is one already. A
 * delivery that is only `queued` gives way to the sender's. So does one whose reply was accepted 24
 * hours before this one: the agent's own id then names a new reply.
 */
export function insertDelivery(table: Table, delivery: Delivery, now: number): Promise<boolean> {
  const key = deliveryKey(delivery.channel_id, delivery.reply_id);
  return putItem(
    table,
    { ...key, ...delivery, ...expiry(now, DELIVERY_DAYS) },
    {
      condition: delivery.queued
        ? 'attribute_not_exists(#pk) OR #accepted_at <= :outlived'
        : 'attribute_not_exists(#pk) OR attribute_exists(#queued) OR #accepted_at <= :outlived',
      values: { ':outlived': delivery.accepted_at - OWN_ID_MS },
    },
  );
}

/** Whether `insertDelivery` would put the sender's new delivery in the place of this one. */
export const givesWay = (found: Delivery, { accepted_at }: Delivery): boolean =>
  found.queued === true || found.accepted_at <= accepted_at - OWN_ID_MS;
