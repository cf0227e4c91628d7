import { BatchWriteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import { bundlesIn } from '../../infra/local/lambda/build-bundles.ts';
import type { Tuning } from '../../infra/local/tuning.ts';
import { TABLE } from '../../infra/table.ts';
import { startRuntime, type TestRuntime } from './runtime.ts';

/** How the runtime of a journey differs from what is deployed. */
const USUAL: Tuning = {
  // Deployed, a job whose function died comes back after one or two minutes.
  returnAtOnce: true,
  // Deployed, the health of a blocked channel is asked for once a minute.
  probeIntervalMs: 100,
  // Deployed, the second look for what a deleted channel left comes five minutes after the first.
  eraseSettleMs: 100,
  // A process costs more to load than most of what it does here.
  sandboxes: 3,
  statusGapMs: 5,
};

/**
 * The runtime of this worker, started by the first file that borrows it; it ends with the worker.
 */
let kept: Promise<TestRuntime> | undefined;
let isLent = false;

/**
 * The runtime that all files of a worker share, because its start costs more than most journeys.
 * `stop` gives it back as good as new: without hooks, jobs, items and lines, and with nothing at
 * work. Only functions that are warm stay, as they do in the cloud. While it is lent, the next to
 * borrow one gets a runtime of its own.
 */
export async function borrowRuntime(): Promise<TestRuntime> {
  if (isLent || !bundles()) return ownRuntime();
  isLent = true;
  kept ??= ownRuntime();
  const runtime = await kept;
  const takeBack: (() => void)[] = [];
  return {
    ...runtime,
    intercept: (hook) => {
      const remove = runtime.intercept(hook);
      takeBack.push(remove);
      return remove;
    },
    stop: async () => {
      for (const remove of takeBack) remove();
      await renew(runtime);
      isLent = false;
    },
  };
}

/** A runtime of its own, for a test that ends it or wants it tuned otherwise. */
export function ownRuntime(tuning: Tuning = {}, { inspect = false } = {}): Promise<TestRuntime> {
  const folder = bundles();
  return startRuntime({
    tuning: { ...USUAL, ...tuning },
    inspect,
    ...(folder && { bundles: bundlesIn(folder) }),
  });
}

/** Only the journeys have bundles that were built before: elsewhere a runtime builds its own. */
const bundles = (): string | undefined => inject('bundles');

async function renew(runtime: TestRuntime): Promise<void> {
  await runtime.dialog360.forget(); // or `idle` would wait for the statuses it has yet to post
  await purge(runtime.aws.endpoints.sqs);
  await Promise.all((Object.keys(FUNCTIONS) as FunctionName[]).map(runtime.kill));
  await purge(runtime.aws.endpoints.sqs); // the jobs of the functions that were killed
  await runtime.idle();
  await runtime.dialog360.forget();
  await empty(runtime.aws);
  runtime.output.length = 0;
  runtime.lines.length = 0;
}

async function purge(endpoint: string): Promise<void> {
  const client = new SQSClient({ ...clientOptions(endpoint), useQueueUrlAsEndpoint: false });
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  for (const QueueUrl of QueueUrls) await client.send(new PurgeQueueCommand({ QueueUrl }));
  client.destroy();
}

/** The most items DynamoDB takes in one call. */
const BATCH = 25;

async function empty({ endpoints, tableName }: TestRuntime['aws']): Promise<void> {
  const client = new DynamoDBClient(clientOptions(endpoints.dynamodb));
  const { partitionKey, sortKey } = TABLE;
  for (;;) {
    const scan = new ScanCommand({
      TableName: tableName,
      ProjectionExpression: `${partitionKey}, ${sortKey}`,
    });
    const { Items = [] } = await client.send(scan);
    if (Items.length === 0) break;
    for (let at = 0; at < Items.length; at += BATCH) {
      const deletes = Items.slice(at, at + BATCH).map((Key) => ({ DeleteRequest: { Key } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: deletes } }));
    }
  }
  client.destroy();
}
