// What the queue-driven functions share: a record in, an end out.
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { Failure, fateOf } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { count, flushMetrics } from '../../shared/kernel/metrics.ts';
import { postpone, type Queue } from '../../shared/queues/queue.ts';

/** What a story says of a job: it is over, or it must come again after a while. */
export type JobEnd = 'done' | { waitMs: number };

/**
 * A handler for jobs of one queue. Each job ends alone: done, put off to the exact time, or, after a
 * surprise, put off a little longer each time. Giving up is the story's business, never SQS's.
 */
export const queueHandler = (queue: Queue, story: (job: unknown) => Promise<JobEnd>) =>
  middy<SQSEvent, SQSBatchResponse>({
    requestEnd: () => {
      flushMetrics();
      log.resetKeys();
    },
  }).handler(async ({ Records }) => {
    const ends = await Promise.all(Records.map((record) => finish(queue, record, story)));
    const again = Records.filter((_, at) => ends[at] === 'again');
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });

async function finish(
  queue: Queue,
  record: SQSRecord,
  story: (job: unknown) => Promise<JobEnd>,
): Promise<'done' | 'again'> {
  let waitMs: number;
  try {
    const end = await story(JSON.parse(record.body));
    if (end === 'done') return 'done';
    waitMs = end.waitMs;
  } catch (error) {
    waitMs = surpriseWaitMs(Number(record.attributes.ApproximateReceiveCount));
    reportSurprise(error);
  }
  // Failing to put it off is no harm: it then comes back when its visibility ends.
  await postpone(queue, record.receiptHandle, waitMs).catch((error: unknown) =>
    log.warn('job-not-postponed', { error: String(error) }),
  );
  return 'again';
}

function reportSurprise(error: unknown): void {
  const expected = error instanceof Failure && fateOf(error) === 'retry';
  count(expected ? 'dependency-unavailable' : 'unexpected-error');
  const facts = error instanceof Failure ? error.facts : {};
  if (expected) log.warn('dependency-unavailable', { ...facts });
  else log.error('unexpected-error', { error, ...facts });
}

/** 2, 4, 8 … 300 s. */
const surpriseWaitMs = (receives: number) => Math.min(2 ** Math.max(receives, 1), 300) * 1000;
