import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { QueueName, QueueSpec } from '../../functions.ts';
import { Clock } from '../clock/clock.ts';
import { claimFolder } from '../folders/claim-folder.ts';
import { expireItems } from './expire-items.ts';
import { type AwsService, type InterceptHook, interceptable } from './intercept.ts';
import { onlyItsPartitions } from './only-its-partitions.ts';
import { onlyThisRun } from './only-this-run.ts';
import { startDynamodb } from './start-dynamodb.ts';
import { type SqsEmulator, startSqs } from './start-sqs.ts';
import { startSsm } from './start-ssm.ts';

/** The AWS services the product uses, in this process, over their wire protocols. */
export interface LocalAws {
  endpoints: Record<AwsService, string>;
  tableName: string;
  queues: Pick<SqsEmulator, 'queueUrls' | 'depth' | 'jobs' | 'wake'>;
  hooks: Set<InterceptHook>;
  stop(): Promise<void>;
}

const TABLE_NAME = 'dialog360-channel';

/**
 * `folder`: where everything is kept; null keeps it in memory. Throws `Failure` when it is in use.
 * `readsBehindMs`: how old the reads of the table are that may be. `clock`: the time by which jobs wait and
 * items expire.
 */
export async function startAws(
  folder: string | null,
  queueSpecs: Record<QueueName, QueueSpec>,
  { readsBehindMs = 0, clock = new Clock() } = {},
): Promise<LocalAws> {
  const hooks = new Set<InterceptHook>();
  const inside = (name: string) => folder && join(folder, name);
  const wrap =
    (service: AwsService) =>
    (listener: RequestListener): RequestListener => {
      const hooked = interceptable(service, hooks, listener);
      return onlyThisRun(service === 'dynamodb' ? onlyItsPartitions(hooked) : hooked);
    };

  const unclaim = folder ? claimFolder(folder) : () => {};
  const [dynamodb, sqs, ssm] = await Promise.all([
    startDynamodb(inside('dynamodb'), TABLE_NAME, wrap('dynamodb'), { readsBehindMs }),
    startSqs(inside('sqs'), queueSpecs, wrap('sqs'), clock),
    startSsm(inside('ssm.json'), wrap('ssm')),
  ]);
  clock.onPass(() => expireItems(dynamodb.url, TABLE_NAME, clock.now()));
  return {
    endpoints: { dynamodb: dynamodb.url, sqs: sqs.url, ssm: ssm.url },
    tableName: TABLE_NAME,
    queues: sqs,
    hooks,
    stop: async () => {
      await Promise.all([dynamodb.stop(), sqs.stop(), ssm.stop()]);
      unclaim();
    },
  };
}
