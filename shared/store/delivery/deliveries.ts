import type { Delivery, Part } from '../../contract/delivery.ts';
import type { InboundStatus } from '../../contract/inbound-item.ts';
import { REPLY_IDENTITY, type ReplyIdentity } from '../../contract/reply-identity.ts';
import { type PartName, roundOf } from '../../rules/delivery/callback-data.ts';
import { rankOf, rankThatYields } from '../../rules/delivery/delivery-progress.ts';
import { DELIVERY_DAYS, deliveryKey, expiry } from '../keys.ts';
import { getItem, putItem, type Table, updateItem } from '../table.ts';

/** The ledger of a reply; null when there is none, or no more. Always consistent: a resume relies on it. */
export async function findDelivery(
  table: Table,
  channelId: string,
  replyId: string,
): Promise<Delivery | null> {
  const key = deliveryKey(channelId, replyId);
  const found = await getItem<Delivery & { erased_at?: number }>(table, key, { consistent: true });
  return found && found.erased_at === undefined ? found : null;
}

/** For so long an id of the agent's names one reply (docs/contract.md#us-to-the-agent). */
const OWN_ID_MS = 24 * 60 * 60 * 1000;

/**
 * PROTOCOLS 4.2 and 12.6: opens the ledger before anything leaves. False: there is one already. One
 * that is only `queued` gives way, and one of a reply that was accepted a day before: the agent's own
 * id then names a new reply.
 */
export function openDelivery(table: Table, delivery: Delivery, now: number): Promise<boolean> {
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

/** Whether `openDelivery` would put the sender's new ledger in the place of this one. */
export const givesWay = (found: Delivery, { accepted_at }: Delivery): boolean =>
  found.queued === true || found.accepted_at <= accepted_at - OWN_ID_MS;

/** New states of parts, by position. */
export type PartChanges = Record<number, Part>;

/**
 * PROTOCOLS 11.2: a part that failed after it was accepted begins once more, one round on. False:
 * it has begun already, or was not failed.
 */
export async function beginAgain(
  table: Table,
  { channel_id, reply_id }: Delivery,
  index: number,
  part: Part,
): Promise<boolean> {
  const before = roundOf(part) - 1;
  const isNext =
    before === 0 ? 'attribute_not_exists(#parts.#p.#round)' : '#parts.#p.#round = :before';
  const begun = await updateItem(table, deliveryKey(channel_id, reply_id), {
    update: 'SET #parts.#p = :part',
    condition: `#parts.#p.#status = :failed AND ${isNext}`,
    names: { '#p': String(index) },
    values: { ':part': part, ':failed': 'failed', ...(before > 0 && { ':before': before }) },
  });
  return begun !== null;
}

/**
 * PROTOCOLS 4.5: records parts together, unless a status has moved one of them on meanwhile: a part
 * that is `sending` may become anything, one that came further may not go back. False: nothing written.
 */
export async function recordParts(
  table: Table,
  { channel_id, reply_id }: Delivery,
  changes: PartChanges,
): Promise<boolean> {
  const indexes = Object.keys(changes);
  const ours = (index: string) =>
    `(attribute_not_exists(#parts.#p${index}) OR #parts.#p${index}.#rank <= :sending)`;
  const changed = await updateItem(table, deliveryKey(channel_id, reply_id), {
    update: `SET ${indexes.map((index) => `#parts.#p${index} = :p${index}`).join(', ')}`,
    condition: ['attribute_exists(#parts)', ...indexes.map(ours)].join(' AND '),
    names: Object.fromEntries(indexes.map((index) => [`#p${index}`, index])),
    values: {
      ':sending': rankOf('sending'),
      ...Object.fromEntries(indexes.map((index) => [`:p${index}`, changes[Number(index)]])),
    },
  });
  return changed !== null;
}

/** A status of the provider's for a part of ours. `at` in epoch milliseconds. */
export interface PartNews {
  status: InboundStatus['status'];
  messageId: string;
  at: number;
  code: string | null;
  reason: string | null;
  pricing?: Record<string, unknown> | undefined;
  /** It failed, and is about to be sent once more. */
  goesAgain?: true;
}

/**
 * PROTOCOLS 5.1: moves a part forward. Returns the ledger as it was before; null when the part has
 * come further already, or is not there.
 */
export function advancePart(
  table: Table,
  { channelId, replyId, part, round }: PartName & { channelId: string },
  news: PartNews,
): Promise<Delivery | null> {
  const fields = {
    status: news.status,
    rank: rankOf(news.status),
    at: news.at,
    message_id: news.messageId,
    code: news.code,
    reason: news.reason,
    ...(news.pricing && { pricing: news.pricing }),
    ...(news.goesAgain && { goes_again: true }),
  };
  // A part that was sent again has left the statuses of its first message behind.
  const sameTime =
    round === 0 ? 'attribute_not_exists(#parts.#p.#round)' : '#parts.#p.#round = :round';
  // And one that was sent twice, or under an id that was used before, those of the other message.
  const sameMessage = '(#parts.#p.#message_id = :message_id OR #parts.#p.#message_id = :null)';
  const sets = Object.keys(fields).map((field) => `#parts.#p.#${field} = :${field}`);
  return updateItem<Delivery>(
    table,
    deliveryKey(channelId, replyId),
    {
      update: `SET ${sets.join(', ')}`,
      condition: [
        'attribute_exists(#parts.#p) AND #parts.#p.#rank < :yields',
        sameTime,
        sameMessage,
      ].join(' AND '),
      names: { '#p': String(part) },
      values: {
        ':yields': rankThatYields(news.status),
        ':null': null,
        ...(round > 0 && { ':round': round }),
        ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [`:${key}`, value])),
      },
    },
    { returns: 'ALL_OLD' },
  );
}

/** What a delivery holds beside its reply's identity; `fallback_reply_id` outlives an erasing. */
const OWN_FIELDS: Record<
  Exclude<keyof Delivery, keyof ReplyIdentity | 'fallback_reply_id'>,
  true
> = { id: true, queued: true, parts: true, part_count: true, notes: true, told: true };

/**
 * What erasing takes out of a delivery: all but the two ids that its key is a hash of, so that no job
 * opens it again, and the id that leads to its fallback template's delivery.
 */
const FORGOTTEN: string[] = [
  ...REPLY_IDENTITY.filter((name) => name !== 'channel_id' && name !== 'reply_id'),
  ...Object.keys(OWN_FIELDS),
];

/**
 * PROTOCOLS 13.3: the ledger of an erased chat's reply says nothing any more; made where it is not
 * there yet. So does that of the template that went for it. Returns the message ids they held.
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

/** Remembers that the agent has heard of this status of this part. */
export async function markTold(table: Table, delivery: Delivery, word: string): Promise<void> {
  await updateItem(table, deliveryKey(delivery.channel_id, delivery.reply_id), {
    update: 'ADD #told :told',
    condition: 'attribute_exists(#pk)',
    values: { ':told': new Set([word]) },
  });
}
