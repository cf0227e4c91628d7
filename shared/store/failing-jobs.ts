// What is known of a job that fails: PROTOCOLS 24. A healthy job has no such item.
import type { DeadLetter } from '../contract/dead-letter.ts';
import { expiry, FAILING_JOB_DAYS, failingJobKey } from './keys.ts';
import { type Table, updateItem } from './table.ts';

/** A job in its queue: one message of SQS, however often it is received. */
export interface JobName {
  queue: DeadLetter['queue'];
  messageId: string;
}

/** Why a job failed: something was away, or a fault of ours. Each is counted for itself. */
export type Trouble = 'away' | 'fault';

/** Failures that have followed one another, epoch milliseconds. */
export interface Failures {
  firstAt: number;
  count: number;
}

/**
 * A job that keeps failing comes every few minutes. After an hour without a failure it has waited, or went on
 * otherwise: what failed before is over.
 */
const OVER_MS = 60 * 60 * 1000;

/** PROTOCOLS 24.1: counts a failure, and says since when and how often the job has failed in this way. */
export async function countFailure(
  table: Table,
  job: JobName,
  trouble: Trouble,
  now: number,
): Promise<Failures> {
  const [first, last, count] = ['first_at', 'last_at', 'failures'].map(
    (one) => `${trouble}_${one}`,
  );
  const key = failingJobKey(job.queue, job.messageId);
  const values = { ':now': now, ':one': 1, ':expires': expiry(now, FAILING_JOB_DAYS).expires_at };
  const more = await updateItem<Record<string, number>>(table, key, {
    update: `SET #${first} = if_not_exists(#${first}, :now), #${last} = :now, #expires_at = :expires ADD #${count} :one`,
    condition: `attribute_not_exists(#${last}) OR #${last} > :over`,
    values: { ...values, ':over': now - OVER_MS },
  });
  if (!more) {
    await updateItem(table, key, {
      update: `SET #${first} = :now, #${last} = :now, #${count} = :one, #expires_at = :expires`,
      values,
    });
  }
  return { firstAt: more?.[`${first}`] ?? now, count: more?.[`${count}`] ?? 1 };
}

/** PROTOCOLS 24.2: counts that the job is begun. Returns how many beginnings in a row had no end, this one included. */
export async function countStart(table: Table, job: JobName, now: number): Promise<number> {
  const item = await updateItem<{ starts?: number }>(
    table,
    failingJobKey(job.queue, job.messageId),
    {
      update: 'SET #expires_at = :expires ADD #starts :one',
      values: { ':one': 1, ':expires': expiry(now, FAILING_JOB_DAYS).expires_at },
    },
  );
  return item?.starts ?? 1;
}

/** PROTOCOLS 24.4: the job's function is alive at its end, so no beginning killed it. */
export async function forgetStarts(table: Table, job: JobName): Promise<void> {
  await updateItem(table, failingJobKey(job.queue, job.messageId), {
    update: 'SET #starts = :none',
    values: { ':none': 0 },
  });
}
