import type { Delivery } from '../../contract/delivery.ts';
import { REPLY_IDENTITY, type ReplyIdentity } from '../../contract/reply-identity.ts';
import { DELIVERY_DAYS, deliveryKey, expiry } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/** What a delivery holds beside its reply's identity; `fallback_reply_id` outlives an erasing. */
const OWN_FIELDS: Record<
  Exclude<keyof Delivery, keyof ReplyIdentity | 'fallback_reply_id'>,
  true
> = { id: true, queued: true, parts: true, part_count: true, notes: true, told: true };

/**
 * What erasing takes out of a delivery. Its key stays, so that no job writes it anew, and so does the id
 * of its fallback template's delivery, so that erasing again finds that one too.
 */
const FORGOTTEN: string[] = [
  ...REPLY_IDENTITY.filter((name) => name !== 'channel_id' && name !== 'reply_id'),
  ...Object.keys(OWN_FIELDS),
];

/**
 * PROTOCOLS 13.3: empties the delivery of an erased chat's reply, and that of the fallback template
 * sent for it; an empty one is made where there was none. Returns the message ids they held.
 */
export async function eraseDelivery(
  table: Table,
  { channelId, replyId }: { channelId: string; replyId: string },
  now: number,
): Promise<string[]> {
  const before = await updateItem<Partial<Delivery>>(
    table,
    deliveryKey(channelId, replyId),
    {
      update: `SET #erased_at = :now, #expires_at = if_not_exists(#expires_at, :expires) REMOVE ${FORGOTTEN.map((name) => `#${name}`).join(', ')}`,
      values: { ':now': now, ':expires': expiry(now, DELIVERY_DAYS).expires_at },
    },
    { returns: 'ALL_OLD' },
  );
  const messageIds = Object.values(before?.parts ?? {}).flatMap(
    ({ message_id }) => message_id ?? [],
  );
  const fallback = before?.fallback_reply_id;
  if (fallback === undefined) return messageIds;
  return [...messageIds, ...(await eraseDelivery(table, { channelId, replyId: fallback }, now))];
}
