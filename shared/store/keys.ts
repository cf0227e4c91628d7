// The key of each item in the table, and how long each is kept. No other file composes a key.
import { hashOf } from '../kernel/hash.ts';

export interface Key {
  pk: string;
  sk: string;
}

const DAY_SECONDS = 24 * 60 * 60;
/** Longer than the 7 days for which the provider repeats (docs/360dialog.md#answering-webhooks). */
export const TURN_DAYS = 8;
/** Longer than a turn is kept, so that a repeat of a turn always finds the deliveries of its replies. */
export const DELIVERY_DAYS = 14;
export const DEAD_LETTER_DAYS = 14;
/** No longer than a chat lasts at least (`forget_after_days`): it never ends before what was said in it. */
export const HISTORY_DAYS = 14;
/** As long as a job may lie in its queue. */
export const FAILING_JOB_DAYS = 14;

/** The TTL attribute of an item that DynamoDB may remove `days` after `now` (epoch milliseconds). */
export const expiry = (now: number, days: number) => ({
  expires_at: Math.floor(now / 1000) + days * DAY_SECONDS,
});

/** DynamoDB removes late: an item that has expired counts as absent, even while it is still there. */
export const isExpired = (item: { expires_at?: number | undefined }, now: number): boolean =>
  item.expires_at !== undefined && item.expires_at * 1000 <= now;

export const channelKey = (channelId: string): Key => ({
  pk: `CHANNEL#${channelId}`,
  sk: 'CHANNEL',
});
/** The channel an item belongs to, by its key; null: the key does not say. */
export const channelOf = ({ pk }: Key): string | null => {
  const [kind = '', channelId = ''] = pk.split('#', 2);
  return kind === 'TOKEN' || kind === 'DUE' ? null : channelId;
};
/** Whether a key names a visitor. A scan may keep no such key as its position. */
export const namesVisitor = ({ pk }: Key): boolean => /^(ALIAS|FORMER-ID)#/.test(pk);
/** The index, and the attributes by which it lists the channels: the oldest first. */
export const LIST_INDEX = 'index';
export const channelListKey = (createdAt: string, channelId: string) => ({
  gsi_pk: 'CHANNELS',
  gsi_sk: `${createdAt}#${channelId}`,
});
export const lastSeenKey = (channelId: string): Key => ({
  pk: `CHANNEL#${channelId}`,
  sk: 'LAST-SEEN',
});
/** What went wrong lately when files of a channel were fetched: PROTOCOLS 23. */
export const mediaMissesKey = (channelId: string): Key => ({
  pk: `MEDIA#${channelId}`,
  sk: 'MEDIA',
});
/** When the next file of a channel may be uploaded: PROTOCOLS 23. */
export const uploadsKey = (channelId: string): Key => ({
  pk: `UPLOADS#${channelId}`,
  sk: 'UPLOADS',
});
/** Which calls of a channel hold a slot of one function: PROTOCOLS 22. */
export const callSlotsKey = (channelId: string, pool: string): Key => ({
  pk: `SLOTS#${channelId}`,
  sk: pool,
});
export const tokenClaimKey = (tokenSha256: string): Key => ({
  pk: `TOKEN#${tokenSha256}`,
  sk: 'TOKEN',
});
export const aliasKey = (channelId: string, kind: 'phone' | 'bsuid', value: string): Key => ({
  pk: `ALIAS#${channelId}#${kind}#${value}`,
  sk: 'ALIAS',
});
export const formerIdKey = (channelId: string, channelChatId: string): Key => ({
  pk: `FORMER-ID#${channelId}#${channelChatId}`,
  sk: 'FORMER-ID',
});
export const chatKey = (channelId: string, chatId: string): Key => ({
  pk: `CHAT#${channelId}#${chatId}`,
  sk: 'CHAT',
});
export const olderTurnsKey = (channelId: string, chatId: string, id: string): Key => ({
  pk: `TURNS#${channelId}#${chatId}`,
  sk: id,
});
/** What was said in a chat, by its time, so that the newest are read first. */
export const historyKey = (channelId: string, chatId: string, at: number, id: string): Key => ({
  pk: `HISTORY#${channelId}#${chatId}`,
  sk: `${new Date(at).toISOString()}#${id}`,
});
/** The partition of what was said in a chat. */
export const historyOf = (channelId: string, chatId: string): string =>
  historyKey(channelId, chatId, 0, '').pk;
export const acceptedKey = (channelId: string, keyHash: string): Key => ({
  pk: `ACCEPTED#${channelId}#${keyHash}`,
  sk: 'ACCEPTED',
});
export const turnKey = (channelId: string, eventId: string): Key => ({
  pk: `TURN#${channelId}#${eventId}`,
  sk: 'TURN',
});
export const deliveryKey = (channelId: string, replyId: string): Key => ({
  pk: `DELIVERY#${channelId}#${replyId}`,
  sk: 'DELIVERY',
});
/** Hashed, because WhatsApp's ids hold the visitor's phone in base64. */
export const sentMessageKey = (channelId: string, messageId: string): Key => ({
  pk: `MESSAGE#${channelId}#${hashOf(messageId)}`,
  sk: 'MESSAGE',
});
/**
 * The index lists waiting jobs by their time, each kind apart, so that none waits behind the many of another,
 * and the many spread over a few lists, so that no partition is overloaded.
 */
const DUE_SHARDS = { probe: 1, release: 4, notification: 4, 'erase-channel': 1 } as const;
export interface DueList {
  kind: keyof typeof DUE_SHARDS;
  shard: number;
}
export const DUE_LISTS: readonly DueList[] = Object.entries(DUE_SHARDS).flatMap(([kind, shards]) =>
  Array.from({ length: shards }, (_, shard) => ({ kind: kind as DueList['kind'], shard })),
);
/** The list of a job; its id is a hash (`idOf`). */
export const dueListOf = (kind: DueList['kind'], id: string): DueList => ({
  kind,
  shard: Number.parseInt(id.slice(-2), 16) % DUE_SHARDS[kind],
});
export const dueKey = (id: string): Key => ({ pk: `DUE#${id}`, sk: 'DUE' });
export const dueListKey = ({ kind, shard }: DueList, at: number, id: string) => ({
  gsi_pk: `DUE#${kind}#${shard}`,
  gsi_sk: `${new Date(at).toISOString()}#${id}`,
});
export const failingJobKey = (queue: string, messageId: string): Key => ({
  pk: `JOB#${queue}#${messageId}`,
  sk: 'JOB',
});
export const deadLetterKey = (channelId: string, at: number, id: string): Key => ({
  pk: `DEAD#${channelId}`,
  sk: `${new Date(at).toISOString()}#${id}`,
});
/** The partition of a channel's dead letters. */
export const deadLettersOf = (channelId: string): string => deadLetterKey(channelId, 0, '').pk;
