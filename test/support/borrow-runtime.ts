import { BatchWriteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import { bundlesIn } from '../../infra/local/lambda/build-bundles.ts';
import type { Retuning, Tuning } from '../../infra/local/tuning.ts';
import { TABLE } from '../../infra/table.ts';
import { startRuntime, type TestRuntime } from './runtime.ts';

const USUAL: Retuning = {
  // A blocked channel is looked at that often; deployed, once a minute. The same for all, because a
  // function whose environment is another one has to start anew.
  probeIntervalMs: 100,
  // Each process costs more to load than most of what it does here.
  sandboxes: 2,
  // Most journeys only wait for what was put off to come back.
  delayDivisor: 3,
};

/** This worker's, started by the first journey that wants it; it ends with the worker. */
let kept: Promise<TestRuntime> | undefined;
let isLent = false;

/**
 * A runtime for a journey. It is the same for all files of a worker, because its start costs more
 * than most journeys: tuned for each, and as good as new after `stop`. What stays is what also stays
 * in the cloud, functions that are warm. Who wants a second one beside it has it for themselves.
 */
export async function borrowRuntime(tuning: Retuning = {}): Promise<TestRuntime> {
  if (isLent || !bundles()) return ownRuntime(tuning);
  isLent = true;
  kept ??= ownRuntime();
  const runtime = await kept;
  await runtime.retune({ ...USUAL, ...tuning });
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

/** One that is nobody else's, for a test that ends it. */
export function ownRuntime(tuning: Tuning = {}): Promise<TestRuntime> {
  const folder = bundles();
  return startRuntime({
    tuning: { ...USUAL, statusGapMs: 5, ...tuning },
    ...(folder && { bundles: bundlesIn(folder) }),
  });
}

/** Only among the journeys: elsewhere a runtime builds its own, and is not kept. */
const bundles = (): string | undefined => inject('bundles');

async function renew(runtime: TestRuntime): Promise<void> {
  await runtime.dialog360.forget(); // or what it still tells would be waited for
  await purge(runtime.aws.endpoints.sqs);
  await Promise.all((Object.keys(FUNCTIONS) as FunctionName[]).map(runtime.kill));
  await purge(runtime.aws.endpoints.sqs); // the jobs of those that were killed
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

/** What DynamoDB takes in one call. */
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
