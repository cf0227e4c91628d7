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
 * Receives before SQS takes a job away. Attempts are counted in our own record and waiting is a
 * receive too, so this is only the net for a job that kills its function again and again.
 */
const CRASH_NET_RECEIVES = 1000;

/** A queue of jobs and, beside it, the queue of those that crashed. */
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

  /** Every job goes to `worker`, which says of each job alone whether it is over. */
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

/** What both queues have in common. A dead-letter queue must be of its queue's kind. */
const kept = ({ fifo }: QueueSpec): QueueProps => ({
  retentionPeriod: Duration.days(14),
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  ...(fifo && {
    fifo: true,
    contentBasedDeduplication: false,
    // Together: high throughput, counted by chat and not by queue.
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  }),
});
