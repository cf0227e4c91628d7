// The queues: what travels between the functions. Only this room uses the SQS client.
import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { InboundJob, NewsJob, OutboundJob, StatusJob } from '../contract/jobs.ts';
import { Failure } from '../kernel/failure.ts';
import { isAway } from '../kernel/is-away.ts';
import { inLanes, type QueueEntry } from './lanes.ts';

/** The queues of the product, and the jobs that travel in each. */
interface Jobs {
  inbound: InboundJob;
  outbound: OutboundJob;
  statuses: StatusJob;
  news: NewsJob;
}

/** A queue, whatever travels in it. */
export interface AnyQueue {
  client: SQSClient;
  url: string;
}

/** A queue that takes one kind of job. */
export interface Queue<Job> extends AnyQueue {
  /** Never set: the type alone tells the compiler which jobs this queue takes. */
  takes?: (job: Job) => void;
}

export type Queues<Name extends keyof Jobs> = { [One in Name]: Queue<Jobs[One]> };

/** A job for a queue. On a FIFO queue it has a group, whose order is kept, and a deduplication id. */
export interface Entry<Job> {
  job: Job;
  group?: string;
  deduplicationId?: string;
}

/**
 * One client for all queues. The host in a queue's address is never used: on the local runtime it
 * would lead to AWS.
 */
export function openQueues<Name extends keyof Jobs>(urls: Record<Name, string>): Queues<Name> {
  const client = new SQSClient({
    useQueueUrlAsEndpoint: false,
    maxAttempts: 3,
    // By itself the client only warns of a late answer, and goes on waiting for it.
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    },
  });
  return Object.fromEntries(
    Object.entries<string>(urls).map(([name, url]) => [name, { client, url }]),
  ) as unknown as Queues<Name>;
}

/**
 * Puts entries into a queue: ten and 1 MiB at most a call, one group's entries in order, several
 * groups at once. Resolves when SQS has every one; throws `Failure('unavailable')` when one is
 * missing because SQS is away, the error itself when SQS refuses it, and makes no later call of its
 * lane. `signal` ends it early.
 */
export async function enqueue<Job>(
  queue: Queue<Job>,
  entries: Entry<Job>[],
  signal?: AbortSignal,
): Promise<void> {
  // Written first and measured then: some characters take six times as many bytes when escaped.
  const written = entries.map(({ job, ...place }) => ({ body: bodyOf(job), ...place }));
  await sendAll(queue, written, signal);
}

/**
 * Jobs for a standard queue, which keeps no order. Resolves and throws as `enqueue` does. Each names its
 * channel, so that SQS may hand out those of a quiet channel before the many of a busy one (Amazon SQS fair
 * queues, read 2026-11-29): nothing relies on it.
 */
export const enqueueJobs = <Job extends { channel_id: string }>(
  queue: Queue<Job>,
  jobs: Job[],
  signal?: AbortSignal,
): Promise<void> =>
  sendAll(
    queue,
    jobs.map((job) => ({ body: bodyOf(job), tenant: job.channel_id })),
    signal,
  );

const bodyOf = (job: unknown): string => sqsText(JSON.stringify(job));

async function sendAll(queue: AnyQueue, entries: QueueEntry[], signal?: AbortSignal) {
  await Promise.all(
    inLanes(entries).map(async (batches) => {
      for (const batch of batches) await sendBatch(queue, batch, signal);
    }),
  );
}

async function sendBatch(queue: AnyQueue, batch: QueueEntry[], signal?: AbortSignal) {
  const command = new SendMessageBatchCommand({
    QueueUrl: queue.url,
    Entries: batch.map(
      ({ body, group, tenant, deduplicationId }, at): SendMessageBatchRequestEntry => ({
        Id: String(at),
        MessageBody: body,
        ...((group ?? tenant) !== undefined && { MessageGroupId: group ?? tenant }),
        ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
      }),
    ),
  });
  let failed: BatchResultErrorEntry[];
  try {
    const answer = await queue.client.send(command, signal ? { abortSignal: signal } : {});
    failed = answer.Failed ?? [];
  } catch (error) {
    throw isAway(error) ? new Failure('unavailable', { what: 'queue' }, error) : error;
  }
  const [first] = failed;
  if (!first) return;
  const refused = failed.find(isRefused);
  if (refused) throw new Error(`SQS does not take the job: ${refused.Code}`);
  throw new Failure('unavailable', { what: 'queue', failed: failed.length, error: first.Code });
}

/** The sender's fault: the same job will be refused again. SQS counts a sender who is too fast as one, too. */
const isRefused = ({ Code = '', SenderFault }: BatchResultErrorEntry): boolean =>
  SenderFault === true && !isAway(Object.assign(new Error(), { name: Code }));

/**
 * Escapes what a message's body may not hold, and nothing else: U+FFFE, U+FFFF, half a surrogate pair and
 * control characters (`SendMessage` of Amazon SQS, read 2026-11-23). All of them stand within JSON
 * strings, where an escape means the same.
 */
const sqsText = (json: string): string =>
  json.replace(
    /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The longest a job may be put off: SQS allows 12 hours from the moment it was received. */
const MAX_WAIT_SECONDS = 11 * 60 * 60;

/** Lets a received job come back after `waitMs`, in whole seconds; its group waits with it. */
export async function postpone(
  queue: AnyQueue,
  receiptHandle: string,
  waitMs: number,
): Promise<void> {
  const seconds = Math.min(Math.max(Math.ceil(waitMs / 1000), 0), MAX_WAIT_SECONDS);
  await queue.client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queue.url,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
  );
}
