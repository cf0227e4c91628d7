// The channels' rows. Only functions/channels writes them; everybody else reads.
import type { Channel } from '../contract/channel.ts';
import {
  channelKey,
  channelListKey,
  expiry,
  getItem,
  isExpired,
  putItem,
  queryList,
  type Table,
} from './table.ts';

interface StoredChannel extends Channel {
  /** Random for each write: a write whose answer was lost recognises itself when it is tried again. */
  write_id: string;
  expires_at?: number;
}

/** Longer than the 7 days for which the provider repeats (API reference §1.5). */
const TOMBSTONE_DAYS = 8;

/**
 * A channel's row, also of a deleted one while its tombstone stands (`deleted_at`, never active);
 * null: there is none. `consistent` sees every write and costs double.
 */
export async function findChannel(
  table: Table,
  channelId: string,
  { consistent = false, now = Date.now() } = {},
): Promise<Channel | null> {
  const item = await getItem<StoredChannel>(table, channelKey(channelId), { consistent });
  return item && !isExpired(item, now) ? channelOf(item) : null;
}

/** PROTOCOLS 7.4: a new row. False: the id is taken. */
export async function insertChannel(
  table: Table,
  channel: Channel,
  writeId: string,
): Promise<boolean> {
  return write(
    table,
    { ...channel, write_id: writeId },
    { condition: 'attribute_not_exists(#pk)' },
  );
}

/**
 * PROTOCOLS 7.4: the row as a whole, if it still has version `from`.
 * False: somebody else changed it first, and nothing was written.
 */
export async function replaceChannel(
  table: Table,
  channel: Channel,
  { from, writeId }: { from: number; writeId: string },
): Promise<boolean> {
  return write(table, { ...channel, write_id: writeId }, ifVersion(from));
}

/** PROTOCOLS 8.1: leaves a tombstone, if the row still has version `from`. */
export async function buryChannel(
  table: Table,
  channel: Channel,
  { from, writeId, now }: { from: number; writeId: string; now: number },
): Promise<boolean> {
  const tombstone = { ...channel, write_id: writeId, ...expiry(now, TOMBSTONE_DAYS) };
  return write(table, tombstone, ifVersion(from));
}

/** Channels in the order of their creation, deleted ones left out. */
export async function pageOfChannels(
  table: Table,
  { limit, cursor }: { limit: number; cursor?: ListPosition | null },
): Promise<{ channels: Channel[]; next: ListPosition | null }> {
  const page = await queryList<StoredChannel>(table, LIST, {
    limit,
    ...(cursor && { after: { ...channelKey(cursor.id), ...listKey(cursor) } }),
  });
  const channels = page.items.map(channelOf);
  const last = channels.at(-1);
  return {
    channels,
    next: page.after && last ? { id: last.id, created_at: last.created_at } : null,
  };
}

/** Where a list goes on: after this channel. */
export type ListPosition = Pick<Channel, 'id' | 'created_at'>;

const ifVersion = (version: number) => ({
  condition: '#version = :from AND attribute_not_exists(#deleted_at)',
  values: { ':from': version },
});

const listKey = ({ id, created_at }: ListPosition) => channelListKey(created_at, id);
const LIST = channelListKey('', '').gsi_pk;

async function write(
  table: Table,
  row: StoredChannel,
  condition: { condition: string; values?: Record<string, unknown> },
): Promise<boolean> {
  // A deleted channel is in no list.
  const item = { ...channelKey(row.id), ...(!row.deleted_at && listKey(row)), ...row };
  if (await putItem(table, item, condition)) return true;
  // The client repeats a write whose answer was lost, and then meets its own: that is no conflict.
  const now = await getItem<StoredChannel>(table, channelKey(row.id), { consistent: true });
  return now?.write_id === row.write_id;
}

function channelOf(item: StoredChannel): Channel {
  const { pk, sk, gsi_pk, gsi_sk, write_id, expires_at, ...channel } = item as StoredChannel &
    Record<'pk' | 'sk' | 'gsi_pk' | 'gsi_sk', unknown>;
  return channel;
}
