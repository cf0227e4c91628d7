// What the queue-driven functions share: a record in, an end out.
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DeadLetter } from '../../shared/contract/dead-letter.ts';
import { Failure, fateOf } from '../../shared/kernel/failure.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count, flushMetrics } from '../../shared/kernel/metrics.ts';
import { type AnyQueue, postpone } from '../../shared/queues/queue.ts';
import { writeDeadLetter } from '../../shared/store/dead-letters.ts';
import type { Table } from '../../shared/store/table.ts';

/** What a story says of a job: it is over, or it must come again after a while. */
export type JobEnd = 'done' | { waitMs: number };

/** Where jobs come from, and where those go that nobody can do. */
export interface Source {
  name: DeadLetter['queue'];
  queue: AnyQueue;
  table: Table;
  now: () => number;
}

/**
 * A handler for jobs of one queue. Each job ends alone: done, put off to the exact time, or, after a
 * surprise, put off a little longer each time. What fails for good, or keeps failing for too long, is
 * kept as a dead letter: the jobs of its group go on.
 */
export const queueHandler = (source: Source, story: (job: unknown) => Promise<JobEnd>) =>
  middy<SQSEvent, SQSBatchResponse>({
    // Middy would answer a little before the time is up, with the story still running: the function
    // must die instead, as PROTOCOLS.md has it.
    timeoutEarlyInMillis: 0,
    requestEnd: () => {
      flushMetrics();
      log.resetKeys();
    },
  }).handler(async ({ Records }) => {
    const ends = await Promise.all(Records.map((record) => finish(source, record, story)));
    const again = Records.filter((_, at) => ends[at] === 'again');
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });

async function finish(
  source: Source,
  record: SQSRecord,
  story: (job: unknown) => Promise<JobEnd>,
): Promise<'done' | 'again'> {
  let waitMs: number;
  try {
    const end = await story(jobIn(record));
    if (end === 'done') return 'done';
    waitMs = end.waitMs;
  } catch (error) {
    report(error);
    if (isHopeless(error, source.now() - sentAt(record)) && (await bury(source, record, error))) {
      return 'done';
    }
    waitMs = surpriseWaitMs(Number(record.attributes.ApproximateReceiveCount));
  }
  // Failing to put it off is no harm: it then comes back when its visibility ends.
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

/** A job we cannot read will not change; a bug is tried for an hour, something away for half a day. */
function isHopeless(error: unknown, ageMs: number): boolean {
  if (fateOf(error) !== 'retry') return true;
  return ageMs > (error instanceof Failure ? 12 * HOUR_MS : HOUR_MS);
}

/** False: not even that can be done now, so the job stays where it is. */
async function bury(source: Source, record: SQSRecord, error: unknown): Promise<boolean> {
  const job = readable(record.body);
  const { channel_id: channelId } = (job ?? {}) as { channel_id?: unknown };
  const letter: DeadLetter = {
    channel_id: typeof channelId === 'string' ? channelId : 'unknown',
    id: hashOf(record.body),
    queue: source.name,
    code: error instanceof Failure ? error.code : 'unexpected-error',
    reason: 'The job could not be done; the log has the cause, under `unexpected-error`.',
    attempts: Number(record.attributes.ApproximateReceiveCount),
    job: job ?? record.body,
    at: sentAt(record),
  };
  try {
    await writeDeadLetter(source.table, letter, source.now());
  } catch (failed) {
    report(failed);
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

const sentAt = ({ attributes }: SQSRecord): number => Number(attributes.SentTimestamp);

/** Counts and logs what came instead of an end. */
export function report(error: unknown): void {
  const expected = error instanceof Failure && fateOf(error) === 'retry';
  count(expected ? 'dependency-unavailable' : 'unexpected-error');
  const facts = error instanceof Failure ? error.facts : {};
  if (expected) log.warn('dependency-unavailable', { ...facts });
  else log.error('unexpected-error', { error, ...facts });
}

/** 2, 4, 8 … 300 s. */
const surpriseWaitMs = (receives: number) => Math.min(2 ** Math.max(receives, 1), 300) * 1000;
