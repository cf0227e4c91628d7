// What a deleted channel knew of its visitors: PROTOCOLS 26. The job that erases it waits in the table like
// any other; while it is there the channel is being erased.
import type { EraseChannelJob } from '../../contract/jobs.ts';
import { idOf } from '../../kernel/hash.ts';
import { type Due, schedule } from '../due.ts';
import { channelKey, channelOf, dueKey, type Key, namesVisitor } from '../keys.ts';
import { deleteItem, getItem, scanKeys, type Table } from '../table.ts';

/** Far below the megabyte at which DynamoDB ends a page, so that a page takes a fraction of a second. */
const PAGE = 1_000;
/** Deletes that are under way at once. */
const AT_ONCE = 25;

/** PROTOCOLS 26.1: from `at` on the sweep looks through the table. Anew: it begins again. */
export const scheduleErasure = (table: Table, channelId: string, at: number): Promise<void> =>
  schedule(table, {
    id: erasureId(channelId),
    at,
    job: { kind: 'erase-channel', channel_id: channelId, round: 1 },
  });

/** Whether a deleted channel is still being erased. Read consistently. */
export async function isBeingErased(table: Table, channelId: string): Promise<boolean> {
  const key = dueKey(erasureId(channelId));
  return (await getItem(table, key, { consistent: true })) !== null;
}

/** PROTOCOLS 26.4: the next run of the sweep goes on with this job. */
export const continueErasure = (table: Table, due: Due<EraseChannelJob>): Promise<void> =>
  schedule(table, due);

/**
 * PROTOCOLS 26.3: removes what belongs to a channel, but not its tombstone, from one page of the table.
 * Returns how many items those were, where the next page begins (null: this one was the last), and the last
 * key of the page that may be kept as a position, because it names no visitor.
 */
export async function erasePage(
  table: Table,
  channelId: string,
  after: Key | undefined,
): Promise<{ erased: number; after: Key | null; position: Key | undefined }> {
  const page = await scanKeys(table, { limit: PAGE, after });
  const tombstone = channelKey(channelId);
  const own = page.keys.filter((key) => channelOf(key) === channelId && key.sk !== tombstone.sk);
  for (let at = 0; at < own.length; at += AT_ONCE) {
    await Promise.all(own.slice(at, at + AT_ONCE).map((key) => deleteItem(table, key)));
  }
  const position = page.keys.findLast((key) => !namesVisitor(key));
  return { erased: own.length, after: page.after, position };
}

const erasureId = (channelId: string): string => idOf('due', channelId, 'erase-channel');
