import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueSpec } from '../functions.ts';

/**
 * How often SQS hands out a job before it moves it to the dead letters. The functions count
 * attempts in their own records, and each wait of a job is a receive too, so this is only for a job
 * that crashes its function every time.
 */
const CRASH_NET_RECEIVES = 1000;

/** A queue of jobs and the queue for those that crashed their function every time. */
export class JobQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly #batchSize: number;

  constructor(scope: Construct, id: string, spec: QueueSpec) {
    super(scope, id);
    this.#batchSize = spec.batchSize;
    this.deadLetters = new Queue(this, 'dead-letters', kept(spec));
    this.queue = new Queue(this, 'jobs', {
      ...kept(spec),
      visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: CRASH_NET_RECEIVES },
    });
  }

  letSend(who: IGrantable): void {
    this.queue.grant(who, 'sqs:SendMessage');
  }

  /** Hands every job to `worker`, which reports for each job of a batch whether it failed. */
  feed(worker: LambdaFunction, maxConcurrency: number): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: this.#batchSize,
        reportBatchItemFailures: true,
        maxConcurrency,
      }),
    );
  }
}

/** What both queues have in common: the dead-letter queue of a FIFO queue must be FIFO too. */
const kept = ({ fifo }: QueueSpec): QueueProps => ({
  retentionPeriod: Duration.days(14),
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  ...(fifo && {
    fifo: true,
    contentBasedDeduplication: false,
    // The two together: high throughput, with limits for each chat instead of the whole queue.
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  }),
});
