// What the queue-driven functions share: a record in, an end out.
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DeadLetter } from '../../shared/contract/dead-letter.ts';
import { Failure, fateOf } from '../../shared/kernel/failure.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { type AnyQueue, postpone } from '../../shared/queues/queue.ts';
import { writeDeadLetter } from '../../shared/store/dead-letters.ts';
import type { Table } from '../../shared/store/table.ts';
import { lambda } from './lambda.ts';
import { reportError } from './report-error.ts';

/** What a story says of a job: it is over, or it is to come again after a while. */
export type JobEnd = 'done' | { waitMs: number };

/** What SQS says of the job in hand. */
export interface Receipt {
  /** How often it has been received, this time included: mere waiting counts. */
  receives: number;
  /** When it was received for the first time, epoch milliseconds. */
  firstReceivedAt: number;
  /** When it was queued, epoch milliseconds. */
  sentAt: number;
}

type Story = (job: unknown, receipt: Receipt) => Promise<JobEnd>;

/** Where jobs come from, and where those go that cannot be done. */
export interface Source {
  name: DeadLetter['queue'];
  queue: AnyQueue;
  table: Table;
  now: () => number;
}

/**
 * A handler for the jobs of one queue. Each job of a batch ends alone: it is done, or put off to the
 * exact time the story gives, or, after an error, put off a little longer each time. A job that fails
 * for good, or keeps failing for too long, is kept as a dead letter, so that its group goes on.
 */
export const queueHandler = (source: Source, story: Story) =>
  lambda<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const ends = await Promise.all(Records.map((record) => endRecord(source, record, story)));
    const again = Records.filter((_, at) => ends[at] === 'again');
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });

/** One record of a batch. Why it is no middleware: DECISIONS.md, "House". */
async function endRecord(
  source: Source,
  record: SQSRecord,
  story: Story,
): Promise<'done' | 'again'> {
  let waitMs: number;
  try {
    const end = await story(jobIn(record), receiptOf(record));
    if (end === 'done') return 'done';
    waitMs = end.waitMs;
  } catch (error) {
    reportError(error);
    if (isHopeless(error, source.now() - sentAt(record)) && (await bury(source, record, error))) {
      return 'done';
    }
    waitMs = errorWaitMs(receivesOf(record));
  }
  // If the job cannot be put off, it comes back when its visibility ends.
  await postpone(source.queue, record.receiptHandle, waitMs).catch((error: unknown) =>
    log.warn('job-not-postponed', { error: String(error) }),
  );
  return 'again';
}

function jobIn({ body }: SQSRecord): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Without the cause: the parser's message quotes what it could not read.
    throw new Failure('payload-unreadable', { what: 'job' });
  }
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Whether to give the job up. One that cannot be read never can be; a bug is tried again for an hour,
 * and what fails because something is away for half a day.
 */
function isHopeless(error: unknown, ageMs: number): boolean {
  if (fateOf(error) !== 'retry') return true;
  return ageMs > (error instanceof Failure ? 12 * HOUR_MS : HOUR_MS);
}

/** Keeps the job as a dead letter. False: that failed too, so the job stays in its queue. */
async function bury(source: Source, record: SQSRecord, error: unknown): Promise<boolean> {
  const job = readable(record.body);
  const { channel_id: channelId } = (job ?? {}) as { channel_id?: unknown };
  const letter: DeadLetter = {
    channel_id: typeof channelId === 'string' ? channelId : 'unknown',
    id: hashOf(record.body),
    queue: source.name,
    code: error instanceof Failure ? error.code : 'unexpected-error',
    reason: 'The job could not be done; the log has the cause, under `unexpected-error`.',
    attempts: receivesOf(record),
    job: job ?? record.body,
    at: sentAt(record),
  };
  try {
    await writeDeadLetter(source.table, letter, source.now());
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

const receivesOf = ({ attributes }: SQSRecord): number =>
  Number(attributes.ApproximateReceiveCount);

const receiptOf = (record: SQSRecord): Receipt => ({
  receives: receivesOf(record),
  sentAt: sentAt(record),
  firstReceivedAt: Number(record.attributes.ApproximateFirstReceiveTimestamp),
});

const sentAt = ({ attributes }: SQSRecord): number => Number(attributes.SentTimestamp);

/** 2, 4, 8 … 300 s. */
const errorWaitMs = (receives: number) => Math.min(2 ** Math.max(receives, 1), 300) * 1000;
