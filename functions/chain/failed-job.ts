// What becomes of a job that failed: it comes again, ever later, or it is given up. PROTOCOLS 24.
import type { SQSRecord } from 'aws-lambda';
import type { DeadLetter } from '../../shared/contract/dead-letter.ts';
import { Failure, fateOf } from '../../shared/kernel/failure.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { writeDeadLetter } from '../../shared/store/dead-letters.ts';
import { countFailure, type Failures } from '../../shared/store/failing-jobs.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import { reportError } from './report-error.ts';
import type { Source } from './source.ts';

/** Why a job is given up. */
export interface GivenUp {
  code: string;
  /** A sentence for people, without anything of the job's. */
  reason: string;
}

/**
 * Ends a job that was given up where it would be missed: with the agent, the visitor or the records. The
 * job may be anything, also something that cannot be read. `letter-kept`: its dead letter is written, or
 * none may be.
 */
export type GiveUp = (
  job: unknown,
  why: GivenUp,
  receipt: Receipt,
) => Promise<'ended' | 'letter-kept'>;

/** Nothing but the dead letter is left of the job. */
export const leaveToLetter: GiveUp = async () => 'ended';

const HOUR_MS = 60 * 60 * 1000;
/** How long a job is tried again, counted from the first of its failures in a row. */
const TRIED_MS = { fault: HOUR_MS, away: 12 * HOUR_MS };
/** Where not even the failure can be counted, because the table is away. */
const UNCOUNTED_WAIT_MS = 10_000;

const ABANDONED: GivenUp = {
  code: 'job-abandoned',
  reason: 'The function died at it again and again, without an error of its own.',
};

/** After an error, or `abandoned`, when its function has died too often. */
export async function endFailed(
  source: Source,
  record: SQSRecord,
  failed: { error: unknown } | 'abandoned',
  giveUp: GiveUp,
): Promise<'done' | { waitMs: number }> {
  const failures =
    failed === 'abandoned' ? null : await countedFailure(source, record, failed.error);
  const why = failed === 'abandoned' ? ABANDONED : hopeless(failed.error, failures, source.now());
  if (why && (await bury(source, record, { why, failures, giveUp }))) return 'done';
  return { waitMs: failures ? errorWaitMs(failures.count) : UNCOUNTED_WAIT_MS };
}

const troubleOf = (error: unknown) => (error instanceof Failure ? 'away' : 'fault');

/** PROTOCOLS 24.1. Null: it could not be counted, and so the job is not given up either. */
async function countedFailure(
  { name: queue, table, now }: Source,
  { messageId }: SQSRecord,
  error: unknown,
): Promise<Failures | null> {
  if (fateOf(error) !== 'retry') return null; // tried once: there is nothing to count
  try {
    return await countFailure(table, { queue, messageId }, troubleOf(error), now());
  } catch (failed) {
    log.warn('failure-not-counted', { error: String(failed) });
    return null;
  }
}

/**
 * Why the job is to be given up; null: it is tried again. One that cannot be read never can be; a fault
 * of ours is tried again for an hour, and what fails because something is away for half a day.
 */
function hopeless(error: unknown, failures: Failures | null, now: number): GivenUp | null {
  const code = error instanceof Failure ? error.code : 'unexpected-error';
  if (fateOf(error) !== 'retry')
    return { code, reason: 'It cannot be done, however often it is tried.' };
  const trouble = troubleOf(error);
  if (!failures || now - failures.firstAt <= TRIED_MS[trouble]) return null;
  const reason =
    trouble === 'away'
      ? 'Something of our own was away for half a day.'
      : 'A fault of our own stood in its way for an hour; the log has it, under `unexpected-error`.';
  return { code, reason };
}

/** PROTOCOLS 24.3: ends the job and keeps its letter. False: that failed too, so the job stays in its queue. */
async function bury(
  source: Source,
  record: SQSRecord,
  { why, failures, giveUp }: { why: GivenUp; failures: Failures | null; giveUp: GiveUp },
): Promise<boolean> {
  const job = readable(record.body);
  const { channel_id: channelId } = (job ?? {}) as { channel_id?: unknown };
  const letter: DeadLetter = {
    channel_id: typeof channelId === 'string' ? channelId : 'unknown',
    id: hashOf(record.body),
    queue: source.name,
    ...why,
    attempts: failures?.count ?? Number(record.attributes.ApproximateReceiveCount),
    job: job ?? record.body,
    at: Number(record.attributes.SentTimestamp),
  };
  try {
    const end = await giveUp(job, why, receiptOf(record));
    if (end !== 'letter-kept') await writeDeadLetter(source.table, letter, source.now());
  } catch (failed) {
    reportError(failed);
    return false;
  }
  count('job-given-up');
  log.error('job-given-up', { queue: letter.queue, code: letter.code, letter_id: letter.id });
  return true;
}

function readable(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** 2, 4, 8 … 300 s. */
const errorWaitMs = (failures: number) => Math.min(2 ** failures, 300) * 1000;
