// The channels' rows. functions/channels writes them whole; the other functions read them, and change only
// the marks of channel-block.ts and call-marks.ts.
import type { Channel } from '../../contract/channel.ts';
import type { ChannelOptions } from '../../contract/channel-options.ts';
import { channelKey, channelListKey, expiry, isExpired } from '../keys.ts';
import { deleteItem, getItem, putItem, queryList, type Table } from '../table.ts';

interface StoredChannel extends Omit<Channel, 'options'> {
  /** The template is the operator's JSON: as text, because it may hold numbers that DynamoDB refuses. */
  options: Omit<ChannelOptions, 'fallback_template'> & { fallback_template: string | null };
  /** Random for each write, so that a write whose response was lost is recognised when it is repeated. */
  write_id: string;
  expires_at?: number;
}

/**
 * What is kept in the row's place while a channel is being created. No reader takes it for a channel, but
 * it is in the list, so that a creation that died is found.
 */
interface BegunChannel extends ListPosition {
  begun: true;
  write_id: string;
}

/** Longer than the 7 days for which the provider repeats (docs/360dialog.md#answering-webhooks). */
const TOMBSTONE_DAYS = 8;
/** Twice as long as a function runs: a creation that began this long ago will not be finished. */
const ABANDONED_MS = 60_000;

/**
 * A channel's row. A deleted channel is found until its tombstone expires (`deleted_at`, never active).
 * Null: there is none. `consistent` sees every write and costs double.
 */
export async function findChannel(
  table: Table,
  channelId: string,
  { consistent = false, now = Date.now() } = {},
): Promise<Channel | null> {
  const item = await getItem<Row>(table, channelKey(channelId), { consistent });
  return item && !('begun' in item) && !isExpired(item, now) ? channelOf(item) : null;
}

/** PROTOCOLS 14.3: marks that a channel is being created, before its secrets are put. False: the id is taken. */
export const beginChannel = (
  table: Table,
  { id, created_at }: ListPosition,
  writeId: string,
): Promise<boolean> =>
  write(
    table,
    { id, created_at, begun: true, write_id: writeId },
    { condition: 'attribute_not_exists(#pk)' },
  );

/** PROTOCOLS 14.4: replaces that mark by the new row. False: the creation was given up meanwhile. */
export const insertChannel = (table: Table, channel: Channel, writeId: string): Promise<boolean> =>
  write(table, { ...channel, write_id: writeId }, { condition: 'attribute_exists(#begun)' });

/** PROTOCOLS 14.3': removes the mark of a creation that was never finished. */
export const forgetBegun = (table: Table, channelId: string): Promise<boolean> =>
  deleteItem(table, channelKey(channelId), { condition: 'attribute_exists(#begun)' });

/**
 * PROTOCOLS 14.4: replaces the whole row, if it still has version `from`.
 * False: another change came first, and nothing was written.
 */
export async function replaceChannel(
  table: Table,
  channel: Channel,
  { from, writeId }: { from: number; writeId: string },
): Promise<boolean> {
  return write(table, { ...channel, write_id: writeId }, ifVersion(from));
}

/** PROTOCOLS 15.1: replaces the row by a tombstone, if it still has version `from`. */
export async function markChannelDeleted(
  table: Table,
  channel: Channel,
  { from, writeId, now }: { from: number; writeId: string; now: number },
): Promise<boolean> {
  const tombstone = { ...channel, write_id: writeId, ...expiry(now, TOMBSTONE_DAYS) };
  return write(table, tombstone, ifVersion(from));
}

/**
 * A page of the channels in the order of their creation, without deleted ones. `abandoned`: the ids of
 * channels whose creation was never finished; they count towards `limit` too.
 */
export async function pageOfChannels(
  table: Table,
  { limit, cursor, now }: { limit: number; cursor?: ListPosition | null; now: number },
): Promise<{ channels: Channel[]; abandoned: string[]; next: ListPosition | null }> {
  const page = await queryList<Row>(table, LIST, {
    limit,
    ...(cursor && { after: { ...channelKey(cursor.id), ...listKey(cursor) } }),
  });
  const last = page.items.at(-1);
  return {
    channels: page.items.flatMap((item) => ('begun' in item ? [] : channelOf(item))),
    abandoned: page.items.flatMap((item) =>
      'begun' in item && Date.parse(item.created_at) < now - ABANDONED_MS ? item.id : [],
    ),
    next: page.after && last ? { id: last.id, created_at: last.created_at } : null,
  };
}

/** Where a page ends: the next one begins after this channel. */
export type ListPosition = Pick<Channel, 'id' | 'created_at'>;

type Row = StoredChannel | BegunChannel;
/** A row as its writers have it. */
type NewRow = (Channel & { write_id: string; expires_at?: number }) | BegunChannel;

const ifVersion = (version: number) => ({
  condition: '#version = :from AND attribute_not_exists(#deleted_at)',
  values: { ':from': version },
});

const listKey = ({ id, created_at }: ListPosition) => channelListKey(created_at, id);
const LIST = channelListKey('', '').gsi_pk;

async function write(
  table: Table,
  row: NewRow,
  condition: { condition: string; values?: Record<string, unknown> },
): Promise<boolean> {
  // A deleted channel is in no list.
  const item = { ...channelKey(row.id), ...(!isDeleted(row) && listKey(row)), ...stored(row) };
  if (await putItem(table, item, condition)) return true;
  // The client repeats a write whose response was lost, and then finds its own row there: that is no conflict.
  const now = await getItem<Row>(table, channelKey(row.id), { consistent: true });
  return now?.write_id === row.write_id;
}

const isDeleted = (row: NewRow): boolean => 'deleted_at' in row && row.deleted_at !== undefined;

function stored(row: NewRow): Row {
  if ('begun' in row) return row;
  const { fallback_template: template } = row.options;
  const text = template === null ? null : JSON.stringify(template);
  return { ...row, options: { ...row.options, fallback_template: text } };
}

function channelOf(item: StoredChannel): Channel {
  const { pk, sk, gsi_pk, gsi_sk, write_id, expires_at, ...row } = item as StoredChannel &
    Record<'pk' | 'sk' | 'gsi_pk' | 'gsi_sk', unknown>;
  const options = { ...ADDED_LATER, ...row.options };
  const { fallback_template: text } = options;
  // A row of an earlier version holds the template itself.
  const template = typeof text === 'string' ? JSON.parse(text) : text;
  return { ...row, options: { ...options, fallback_template: template } };
}

/**
 * Options that a row of an earlier version does not have, as their schema has them. The schema itself is not read
 * here: the webhook reads rows, and must start fast.
 */
export const ADDED_LATER = {
  history_turns: 0,
  max_turns_per_hour: 200,
  burst_ms: 0,
  burst_max_ms: 10_000,
} satisfies Partial<ChannelOptions>;
