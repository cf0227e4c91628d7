// Jobs that wait in the table for their time: PROTOCOLS 20. The function that schedules a job makes its id
// from what the job is for, so that scheduling again changes nothing. A job that is no longer needed may
// be removed; else it finds nothing to do when its time comes.
import { type DueJob, dueJobSchema } from '../contract/jobs.ts';
import { read } from '../kernel/parse.ts';
import { type DueList, dueKey, dueListKey, dueListOf } from './keys.ts';
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
  ...dueListKey(dueListOf(job.kind, id), at, id),
  id,
  at,
  job,
});

/** PROTOCOLS 20.1, but a job that waits under this id already keeps its time, unless that is over. */
export async function scheduleOnce(table: Table, due: Due, now: number): Promise<void> {
  await putItem(table, itemOf(due), {
    condition: 'attribute_not_exists(#pk) OR #at < :now',
    values: { ':now': now },
  });
}

/** A page of the jobs that are due. */
export interface DuePage {
  due: Due[];
  /** Ids of items whose job this version of the program does not know. They stay: a later one may know it. */
  unreadable: string[];
  /** Where the next page begins; null: this one is the last. */
  after: Record<string, unknown> | null;
}

/**
 * PROTOCOLS 20.2: the jobs that are due at `now` in one of the `DUE_LISTS`, the oldest first. Read
 * with eventual consistency: a job just removed may still be in it, and a job just scheduled may be missing.
 */
export async function dueNow(
  table: Table,
  which: DueList,
  { now, ...page }: { now: number; limit: number; after?: DuePage['after'] },
): Promise<DuePage> {
  const list = dueListKey(which, now + 1, '');
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

/**
 * PROTOCOLS 20.3 and 20.4: removes a job that was queued, or is decided. With `at` only while that is its
 * time. False: it was scheduled anew and stays, or it is gone already.
 */
export const forgetDue = (
  table: Table,
  { id, at }: { id: string; at?: number },
): Promise<boolean> =>
  deleteItem(
    table,
    dueKey(id),
    at === undefined
      ? { condition: 'attribute_exists(#pk)' }
      : { condition: '#at = :at', values: { ':at': at } },
  );
