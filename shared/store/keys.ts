// Where each thing lies in the table, and for how long. No other file composes a key.

export interface Key {
  pk: string;
  sk: string;
}

const DAY_SECONDS = 24 * 60 * 60;
/** Longer than the 7 days for which the provider repeats (docs/360dialog.md#answering-webhooks). */
export const TURN_DAYS = 8;
/** Longer than a turn, so that a repeat of a turn always finds what became of its replies. */
export const DELIVERY_DAYS = 14;
export const DEAD_LETTER_DAYS = 14;

/** The TTL attribute of an item that may go `days` after `now` (epoch milliseconds). */
export const expiry = (now: number, days: number) => ({
  expires_at: Math.floor(now / 1000) + days * DAY_SECONDS,
});

/** TTL deletes late: what has expired is absent, whether it is still there or not. */
export const isExpired = (item: { expires_at?: number }, now: number): boolean =>
  item.expires_at !== undefined && item.expires_at * 1000 <= now;

export const channelKey = (channelId: string): Key => ({
  pk: `CHANNEL#${channelId}`,
  sk: 'CHANNEL',
});
/** The index that lists things, and the attributes by which channels stand in it: oldest first. */
export const LIST_INDEX = 'index';
export const channelListKey = (createdAt: string, channelId: string) => ({
  gsi_pk: 'CHANNELS',
  gsi_sk: `${createdAt}#${channelId}`,
});
export const lastSeenKey = (channelId: string): Key => ({
  pk: `CHANNEL#${channelId}`,
  sk: 'LAST-SEEN',
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
export const formerKey = (channelId: string, channelChatId: string): Key => ({
  pk: `FORMER#${channelId}#${channelChatId}`,
  sk: 'FORMER',
});
export const chatKey = (channelId: string, chatId: string): Key => ({
  pk: `CHAT#${channelId}#${chatId}`,
  sk: 'CHAT',
});
export const writtenKey = (channelId: string, chatId: string, id: string): Key => ({
  pk: `WRITTEN#${channelId}#${chatId}`,
  sk: id,
});
export const acceptedKey = (channelId: string, keyHash: string): Key => ({
  pk: `ACCEPTED#${channelId}#${keyHash}`,
  sk: 'ACCEPTED',
});
export const turnKey = (channelId: string, eventId: string): Key => ({
  pk: `TURN#${channelId}#${eventId}`,
  sk: 'TURN',
});
export const deliveryKey = (channelId: string, replyId: string): Key => ({
  pk: `REPLY#${channelId}#${replyId}`,
  sk: 'REPLY',
});
export const sentMessageKey = (channelId: string, messageId: string): Key => ({
  pk: `MESSAGE#${channelId}#${messageId}`,
  sk: 'MESSAGE',
});
/** Things that wait for their time stand in the index by it, in a few lists so that none runs hot. */
export const DUE_SHARDS = 4;
export const dueKey = (id: string): Key => ({ pk: `DUE#${id}`, sk: 'DUE' });
export const dueListKey = (shard: number, at: number, id: string) => ({
  gsi_pk: `DUE#${shard}`,
  gsi_sk: `${new Date(at).toISOString()}#${id}`,
});
export const deadLetterKey = (channelId: string, at: number, id: string): Key => ({
  pk: `DEAD#${channelId}`,
  sk: `${new Date(at).toISOString()}#${id}`,
});
