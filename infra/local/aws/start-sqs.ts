import { createServer, type RequestListener } from 'node:http';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type BuildAppOptions, buildApp } from 'fauxqs';
import type { QueueName, QueueSpec } from '../../functions.ts';
import type { Clock } from '../clock/clock.ts';
import { close, listenAnywhere } from '../http/listen-on-loopback.ts';
import { ACCOUNT, clientOptions, REGION } from './client-options.ts';
import { keepTime } from './keep-time.ts';
import type { Emulator } from './start-dynamodb.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;
type SqsStore = Stores['sqsStore'];

export interface SqsEmulator extends Emulator {
  queueUrls: Record<QueueName, string>;
  /** How many jobs a queue holds, dead letters apart. */
  depth(queue: QueueName): { waiting: number; inFlight: number; dead: number };
  /** Which jobs are in flight, and how many could be received now. */
  jobs(queue: QueueName): { inFlight: string[]; ready: number };
  /** Ends every long poll at once, as if its waiting time were over. */
  wake(): void;
}

const FOURTEEN_DAYS_SECONDS = 14 * 24 * 60 * 60;
/**
 * As in the stack (infra/constructs/job-queue.ts): functions give up by themselves, long before.
 */
const MAX_RECEIVES = 1000;

/** The name in AWS: FIFO queues must end in `.fifo`. */
export const awsName = (name: string, { fifo }: QueueSpec): string =>
  fifo ? `${name}.fifo` : name;

export const queueArn = (awsName: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${awsName}`;

/** SQS over its real protocol, with the product's queues and their dead-letter queues. */
export async function startSqs(
  folder: string | null,
  queues: Record<QueueName, QueueSpec>,
  wrap: (listener: RequestListener) => RequestListener,
  clock: Clock,
): Promise<SqsEmulator> {
  const { stores, closeStore } = await openStores(folder);
  await takeWhatSqsTakes();
  const app = buildApp({ logger: false, defaultRegion: REGION, stores });
  await app.ready();
  // A server of our own, because that of fauxqs listens on every network interface.
  const server = createServer(wrap((request, response) => app.routing(request, response)));
  const url = `http://127.0.0.1:${await listenAnywhere(server)}`;
  await createQueues(url, queues);
  for (const queue of stores.sqsStore.allQueues()) {
    keepAboveZero(queue);
    keepTime(queue, clock);
  }

  const { sqsStore } = stores;
  const count = (
    queue: string,
    attribute: 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible',
  ) => Number(sqsStore.getQueueByName(queue)?.getAttribute(attribute) ?? 0);
  return {
    url,
    queueUrls: Object.fromEntries(
      Object.entries(queues).map(([name, spec]) => [name, queueUrl(url, awsName(name, spec))]),
    ) as Record<QueueName, string>,
    depth: (name) => {
      const queue = awsName(name, queues[name]);
      return {
        waiting: count(queue, 'ApproximateNumberOfMessages'),
        inFlight: count(queue, 'ApproximateNumberOfMessagesNotVisible'),
        dead: count(deadName(name, queues[name]), 'ApproximateNumberOfMessages'),
      };
    },
    jobs: (name) => {
      const queue = sqsStore.getQueueByName(awsName(name, queues[name]));
      queue?.processTimers();
      const { ready = [], inflight = [] } = queue?.inspectMessages() ?? {};
      const groups = new Set(inflight.map(({ message }) => message.messageGroupId));
      return {
        inFlight: inflight.map(({ message }) => message.messageId),
        ready: ready.filter(
          ({ messageGroupId: group }) => group === undefined || !groups.has(group),
        ).length,
      };
    },
    wake: () => sqsStore.shutdown(),
    stop: async () => {
      sqsStore.shutdown();
      await close(server);
      await app.close();
      closeStore();
    },
  };
}

/**
 * Loads one of the package's inner files, because its entry starts what they hold only together with a
 * server on every network interface. The version is pinned, and tests fail when the files move.
 */
const inner = (path: string): Promise<unknown> =>
  import(new URL(path, import.meta.resolve('fauxqs')).href);

/** What SQS refuses in a body (`SendMessage` of Amazon SQS, read 2026-11-23). */
const REFUSED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** fauxqs 2.4.1 takes each half of a character beyond U+FFFF for one that SQS refuses. */
async function takeWhatSqsTakes(): Promise<void> {
  const { INVALID_MESSAGE_BODY_CHAR: check } = (await inner('./sqs/sqsTypes.js')) as {
    INVALID_MESSAGE_BODY_CHAR: RegExp;
  };
  check.test = (body) => REFUSED.test(body);
}

async function openStores(folder: string | null) {
  const { SqsStore } = (await inner('./sqs/sqsStore.js')) as { SqsStore: new () => SqsStore };
  const { SnsStore } = (await inner('./sns/snsStore.js')) as {
    SnsStore: new () => Stores['snsStore'];
  };
  const { S3Store } = (await inner('./s3/s3Store.js')) as { S3Store: new () => Stores['s3Store'] };
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  if (!folder) return { stores, closeStore: () => {} };

  const { PersistenceManager } = (await inner('./persistence.js')) as {
    PersistenceManager: new (folder: string) => NonNullable<SqsStore['persistence']>;
  };
  const disk = new PersistenceManager(folder);
  disk.loadSqsAndSns(stores.sqsStore, stores.snsStore); // before `persistence` is set, or loading would write
  stores.sqsStore.persistence = disk;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = disk;
  return { stores, closeStore: () => disk.close() };
}

/**
 * Kept in a folder, fauxqs 2.4.1 loses a message whose visibility is set to 0: it writes a null
 * that its own schema forbids. With a millisecond it does not.
 */
function keepAboveZero(queue: ReturnType<SqsStore['createQueue']>): void {
  const change = queue.changeVisibility.bind(queue);
  queue.changeVisibility = (handle, seconds) => change(handle, Math.max(seconds, 0.001));
}

/** The product's queues, each with its dead letters, as the stack makes them. */
export async function createQueues(
  url: string,
  queues: Record<QueueName, QueueSpec>,
): Promise<void> {
  const client = new SQSClient({ ...clientOptions(url), useQueueUrlAsEndpoint: false });
  for (const [name, spec] of Object.entries(queues)) {
    const dead = deadName(name, spec);
    const fifo = spec.fifo ? { FifoQueue: 'true' } : {};
    for (const queue of [dead, awsName(name, spec)]) {
      await client.send(new CreateQueueCommand({ QueueName: queue, Attributes: fifo }));
    }
    const set = (queue: string, attributes: Record<string, string>) =>
      client.send(
        new SetQueueAttributesCommand({ QueueUrl: queueUrl(url, queue), Attributes: attributes }),
      );
    const retention = { MessageRetentionPeriod: String(FOURTEEN_DAYS_SECONDS) };
    await set(dead, retention);
    // Not given at creation: a folder may hold the queue from last time, with other numbers.
    await set(awsName(name, spec), {
      ...retention,
      VisibilityTimeout: String(spec.visibilitySeconds),
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: queueArn(dead),
        maxReceiveCount: MAX_RECEIVES,
      }),
    });
  }
  client.destroy();
}

const deadName = (name: string, spec: QueueSpec) => awsName(`${name}-dead`, spec);

const queueUrl = (url: string, awsName: string) => `${url}/${ACCOUNT}/${awsName}`;
