import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { failedItems } from './failed-items.ts';
import type { Pool } from './pool.ts';
import { sqsRecord } from './sqs-record.ts';

export interface TriggerSpec {
  client: SQSClient;
  queueUrl: string;
  queueArn: string;
  batchSize: number;
  pool: Pool;
  /** Invocations at once. */
  concurrency: number;
  /** For tests: a job whose function died or threw comes back before its visibility ends. */
  returnAtOnce: boolean;
}

/** The most messages SQS hands out in one call. */
const MAX_RECEIVE = 10;
const POLL_SECONDS = 20;
const PAUSE_AFTER_ERROR_MS = 200;

/**
 * What Lambda's event source is on AWS: it polls a queue, invokes the function, and deletes the
 * jobs that succeeded. A job that failed, or whose function died, comes back when its visibility
 * ends.
 */
export class QueueTrigger {
  readonly #spec: TriggerSpec;
  readonly #running = new Set<Promise<void>>();
  /** The jobs that were not done, by their id: each is hidden until its wait is over. */
  readonly #left = new Set<string>();
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(spec: TriggerSpec) {
    this.#spec = spec;
  }

  get running(): number {
    return this.#running.size;
  }

  /** Whether it has given the job back, and not received it again. */
  hasLeft(messageId: string): boolean {
    return this.#left.has(messageId);
  }

  start(): void {
    this.#loop = this.#poll();
  }

  /** Takes no more jobs. Resolves when the last poll has ended; `wake` ends long polls. */
  async stopPolling(wake: () => void): Promise<void> {
    this.#stopping = true;
    // Again and again, because a poll may reach SQS just after a wake.
    const waking = setInterval(wake, 10);
    await this.#loop;
    clearInterval(waking);
  }

  /** Resolves when nothing runs any more. */
  async drained(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #poll(): Promise<void> {
    const { batchSize, concurrency } = this.#spec;
    while (!this.#stopping) {
      const free = concurrency - this.#running.size;
      if (free <= 0) {
        await Promise.race(this.#running);
        continue;
      }
      const messages = await this.#receive(Math.min(MAX_RECEIVE, free * batchSize));
      for (let at = 0; at < messages.length; at += batchSize) {
        const run = this.#invoke(messages.slice(at, at + batchSize));
        this.#running.add(run);
        void run.finally(() => this.#running.delete(run));
      }
    }
  }

  async #receive(max: number): Promise<Message[]> {
    try {
      const answer = await this.#spec.client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#spec.queueUrl,
          MaxNumberOfMessages: max,
          WaitTimeSeconds: POLL_SECONDS,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      return answer.Messages ?? [];
    } catch {
      // A hook fails the call, or the emulator stops: the next poll tries again.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_ERROR_MS));
      return [];
    }
  }

  async #invoke(batch: Message[]): Promise<void> {
    if (this.#stopping) return this.#release(batch);
    for (const { MessageId = '' } of batch) this.#left.delete(MessageId);
    const records = batch.map((message) => sqsRecord(message, this.#spec.queueArn));
    const outcome = await this.#spec.pool.invoke({ Records: records });
    if (!outcome.ok) {
      for (const { messageId } of records) this.#left.add(messageId);
      // When the runtime stops, the next start must not wait for the visibility to end.
      if (this.#stopping || this.#spec.returnAtOnce) await this.#release(batch);
      return;
    }
    const failed = failedItems(
      outcome.value,
      records.map((record) => record.messageId),
    );
    for (const id of failed) this.#left.add(id);
    const done = batch.filter((message) => !failed.has(message.MessageId ?? ''));
    if (done.length === 0) return;
    const entries = done.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    const { client, queueUrl } = this.#spec;
    await orComesAgain(
      client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries })),
    );
  }

  async #release(batch: Message[]): Promise<void> {
    const entries = batch.map(({ ReceiptHandle }, at) => ({
      Id: String(at),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    const { client, queueUrl } = this.#spec;
    await orComesAgain(
      client.send(
        new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
      ),
    );
  }
}

/** When the call is lost the jobs come again, which every function has to bear in any case. */
const orComesAgain = (call: Promise<unknown>): Promise<unknown> => call.catch(() => {});
