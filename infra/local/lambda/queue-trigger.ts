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
  /** For tests: a job whose function died or threw does not wait for the end of its visibility. */
  returnAtOnce: boolean;
}

/** What SQS hands out in one call. */
const MAX_RECEIVE = 10;
const POLL_SECONDS = 20;
const PAUSE_AFTER_ERROR_MS = 200;

/**
 * What stands between a queue and its function on AWS: it polls, invokes, and deletes what
 * succeeded. What failed, or whose function died, comes back when its visibility ends.
 */
export class QueueTrigger {
  readonly #spec: TriggerSpec;
  readonly #running = new Set<Promise<void>>();
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(spec: TriggerSpec) {
    this.#spec = spec;
  }

  get running(): number {
    return this.#running.size;
  }

  start(): void {
    this.#loop = this.#poll();
  }

  /** Takes nothing new. Resolves when the last poll has come back; `wake` ends those that wait. */
  async stopPolling(wake: () => void): Promise<void> {
    this.#stopping = true;
    // Again and again, because a poll may be on its way while it is called.
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
      // The emulator is intercepted or going down; polling is all this loop is for.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_ERROR_MS));
      return [];
    }
  }

  async #invoke(batch: Message[]): Promise<void> {
    if (this.#stopping) return this.#release(batch);
    const records = batch.map((message) => sqsRecord(message, this.#spec.queueArn));
    const outcome = await this.#spec.pool.invoke({ Records: records });
    if (!outcome.ok) {
      // Killed because everything stops: the next start must not wait for the visibility to end.
      if (this.#stopping || this.#spec.returnAtOnce) await this.#release(batch);
      return;
    }
    const failed = failedItems(
      outcome.value,
      records.map((record) => record.messageId),
    );
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

/** A call that is lost only makes the jobs come again, which every function must stand anyway. */
const orComesAgain = (call: Promise<unknown>): Promise<unknown> => call.catch(() => {});
