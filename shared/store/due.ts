// What waits in the table for its time: PROTOCOLS 20. Whoever schedules decides the id, so that doing it
// again changes nothing; what was scheduled in vain finds nothing to do when its time comes.
import { type DueJob, dueJobSchema } from '../contract/jobs.ts';
import { read } from '../kernel/parse.ts';
import { DUE_SHARDS, dueKey, dueListKey } from './keys.ts';
import { deleteItem, putItem, queryList, type Table } from './table.ts';

/** A job whose time is `at`, epoch milliseconds. */
export interface Due<Job extends DueJob = DueJob> {
  id: string;
  at: number;
  job: Job;
}

/** PROTOCOLS 20.1: from `at` on the sweep queues the job. The same id replaces what stands there. */
export async function schedule(table: Table, due: Due): Promise<void> {
  await putItem(table, itemOf(due));
}

const itemOf = ({ id, at, job }: Due) => ({
  ...dueKey(id),
  ...dueListKey(shardOf(id), at, id),
  id,
  at,
  job,
});

/** The same, but what waits there already keeps its time. */
export async function scheduleOnce(table: Table, due: Due, now: number): Promise<void> {
  await putItem(table, itemOf(due), {
    condition: 'attribute_not_exists(#pk) OR #at < :now',
    values: { ':now': now },
  });
}

/** A page of what is due. */
export interface DuePage {
  due: Due[];
  /** Ids of items that hold no job this version knows. They stay: a later version may know it. */
  unreadable: string[];
  /** Where the list goes on; null: it is at its end. */
  after: Record<string, unknown> | null;
}

/**
 * PROTOCOLS 20.2: what is due at `now` in one of the lists (`DUE_SHARDS` of them), the oldest first.
 * Eventually consistent: something just removed may still be there, something just scheduled not yet.
 */
export async function dueNow(
  table: Table,
  shard: number,
  { now, ...page }: { now: number; limit: number; after?: DuePage['after'] },
): Promise<DuePage> {
  const list = dueListKey(shard, now + 1, '');
  const { items, after } = await queryList<Record<keyof Due, unknown>>(table, list.gsi_pk, {
    limit: page.limit,
    before: list.gsi_sk,
    ...(page.after && { after: page.after }),
  });
  const found = items.map(({ id, at, job }) => ({
    id: String(id),
    at: Number(at),
    job: read(dueJobSchema, job),
  }));
  return {
    due: found.flatMap(({ id, at, job }) => (job.ok ? { id, at, job: job.value } : [])),
    unreadable: found.flatMap(({ id, job }) => (job.ok ? [] : id)),
    after,
  };
}

/** PROTOCOLS 20.3: it is queued. False: it was scheduled anew meanwhile and stays, or is gone already. */
export const forgetDue = (table: Table, { id, at }: Pick<Due, 'id' | 'at'>): Promise<boolean> =>
  deleteItem(table, dueKey(id), { condition: '#at = :at', values: { ':at': at } });

/** Ids are hashes: `idOf('due', …)`. */
const shardOf = (id: string): number => Number.parseInt(id.slice(-2), 16) % DUE_SHARDS;
