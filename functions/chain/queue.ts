// What the queue-driven functions share: a record in, an end out.
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { measure } from '../../shared/kernel/metrics.ts';
import { postpone } from '../../shared/queues/queue.ts';
import { endFailed, type GiveUp, leaveToLetter } from './failed-job.ts';
import { lambda } from './lambda.ts';
import { type Receipt, receiptOf } from './receipt.ts';
import { reportError } from './report-error.ts';
import type { Source } from './source.ts';
import { isSuspect, startSuspect } from './suspect-job.ts';

/** What a story says of a job: it is over, or it is to come again after a while. */
export type JobEnd = 'done' | { waitMs: number };

type Story = (job: unknown, receipt: Receipt) => Promise<JobEnd>;

/** What a function does with the jobs of its queue. */
export interface Handling {
  story: Story;
  /** Ends a job that is given up where it would be missed; by default the dead letter is all that is left. */
  giveUp?: GiveUp;
  /** How long a job must wait, by what the function remembers alone; null: the story decides. */
  putOff?: (job: unknown, receipt: Receipt) => number | null;
}

/**
 * A handler for the jobs of one queue. Each job of a batch ends alone: it is done, or put off to the
 * exact time the story gives, or, after an error, put off a little longer each time. A job that fails
 * for good, or keeps failing for too long, is given up (PROTOCOLS 24): `giveUp` ends it where it would
 * be missed, and it is kept as a dead letter, so that its group goes on.
 */
export const queueHandler = (source: Source, handling: Handling) =>
  lambda<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    const again = new Set<SQSRecord>();
    const end = async (record: SQSRecord) => {
      const ended = await log.apart(() => endRecord(source, record, handling));
      if (ended === 'again') again.add(record);
    };
    await Promise.all(Records.filter((record) => !isSuspect(record)).map(end));
    // What may have killed its function comes behind all others, which are then not taken for it, and alone.
    const [suspect, ...suspects] = Records.filter(isSuspect);
    if (suspect) await end(suspect);
    await Promise.all(
      suspects.map(async (record, at) => {
        again.add(record);
        await putOff(source, record, (at + 1) * 1_000);
      }),
    );
    const failed = Records.filter((record) => again.has(record));
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });

/** One record of a batch. Why it is no middleware: DECISIONS.md, "House". */
async function endRecord(
  source: Source,
  record: SQSRecord,
  handling: Handling,
): Promise<'done' | 'again'> {
  const end = await endOf(source, record, handling);
  if (end === 'done') return 'done';
  noteAge(source, record);
  await putOff(source, record, end.waitMs);
  return 'again';
}

async function endOf(
  source: Source,
  record: SQSRecord,
  { story, giveUp = leaveToLetter, putOff: waitOf }: Handling,
): Promise<JobEnd> {
  const receipt = receiptOf(record);
  let started = null as Awaited<ReturnType<typeof startSuspect>>;
  try {
    const waitMs = waitOf?.(jobIn(record), receipt) ?? null;
    if (waitMs !== null) return { waitMs };
    started = await startSuspect(source, record);
    if (started === 'abandoned') return await endFailed(source, record, 'abandoned', giveUp);
    return await story(jobIn(record), receipt);
  } catch (error) {
    reportError(error);
    return await endFailed(source, record, { error }, giveUp);
  } finally {
    if (started && started !== 'abandoned') await started.end();
  }
}

/** Most waits are short and mean nothing. */
const WORTH_NOTING_S = 60;

/**
 * How old a job is that waits once more. SQS tells no age of a job that it has handed out three times: it
 * leaves it out, where the queue is not FIFO, until it is done (AWS's page "Available CloudWatch metrics for
 * Amazon SQS", read 2026-11-30). The alarms for late jobs look at both (infra/stack/watch.ts).
 */
function noteAge({ name, now }: Source, record: SQSRecord): void {
  const seconds = Math.round((now() - receiptOf(record).sentAt) / 1000);
  if (seconds >= WORTH_NOTING_S) measure(`put-off-${name}`, seconds, 'Seconds');
}

/** If the job cannot be put off, it comes back when its visibility ends. */
async function putOff({ queue }: Source, { receiptHandle }: SQSRecord, waitMs: number) {
  await postpone(queue, receiptHandle, waitMs).catch((error: unknown) =>
    log.warn('job-not-postponed', { error: String(error) }),
  );
}

function jobIn({ body }: SQSRecord): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Without the cause: the parser's message quotes what it could not read.
    throw new Failure('payload-unreadable', { what: 'job' });
  }
}
