import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type InterceptHook, interceptable } from '../../../infra/local/aws/intercept.ts';
import { hashOf } from '../../../shared/kernel/hash.ts';
import {
  type AnyQueue,
  type Entry,
  enqueue,
  enqueueJobs,
  openQueues,
  postpone,
  type Queue,
} from '../../../shared/queues/queue.ts';
import { startQueues } from '../../support/emulators.ts';
import { until } from '../../support/runtime-until.ts';

let queues: Record<'inbound' | 'statuses', Queue<unknown>>;
let stop = async () => {};
const operations: string[] = [];
const hooks = new Set<InterceptHook>([
  ({ operation, moment }) => {
    if (moment === 'before') operations.push(operation);
    return 'pass';
  },
]);

beforeAll(async () => {
  const sqs = await startQueues((listener) => interceptable('sqs', hooks, listener));
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'queues',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: sqs.url,
  });
  const { inbound, statuses } = sqs.queueUrls;
  queues = openQueues({ inbound, statuses }) as unknown as typeof queues;
  stop = sqs.stop;
});
afterAll(() => stop());
beforeEach(() => operations.splice(0));

/** Takes everything out of a queue, as a trigger would: what comes next in a group waits for what is open. */
async function drain({ client, url }: AnyQueue) {
  const taken: { body: string; group: string | undefined }[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['MessageGroupId'],
      }),
    );
    if (Messages.length === 0) return taken;
    taken.push(
      ...Messages.map(({ Body = '', Attributes }) => ({
        body: Body,
        group: Attributes?.MessageGroupId,
      })),
    );
    const done = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: done }));
  }
}

const jobsIn = async (queue: AnyQueue) => (await drain(queue)).map(({ body }) => JSON.parse(body));

const job = (chat: string, at: number): Entry<unknown> => ({
  job: { chat, at },
  group: hashOf('ch_1', chat),
  deduplicationId: hashOf('ch_1', chat, at),
});

test('a thousand jobs of fifty chats all arrive, each chat’s in order', async () => {
  const entries = Array.from({ length: 1_000 }, (_, at) => job(`chat-${(at * 7) % 50}`, at));
  await enqueue(queues.inbound, entries);
  expect(operations.length).toBeLessThanOrEqual(108); // 100 full calls, and one to round up each lane

  const arrived = await drain(queues.inbound);
  const byGroup = <One extends { group?: string | undefined }>(all: One[]) =>
    Object.groupBy(all, ({ group }) => group ?? '');
  expect(arrived).toHaveLength(1_000);
  for (const [group, sent] of Object.entries(byGroup(entries))) {
    const got = byGroup(arrived)[group]?.map(({ body }) => JSON.parse(body));
    expect(got).toEqual(sent?.map(({ job }) => job));
  }
});

test('the same job twice, and by two senders at once, is one job', async () => {
  const entries = [job('anna', 1), job('anna', 2)];
  await enqueue(queues.inbound, entries);
  await Promise.all([enqueue(queues.inbound, entries), enqueue(queues.inbound, entries)]);
  expect(await drain(queues.inbound)).toHaveLength(2);
});

test('jobs of a standard queue go ten a call, whosever they are', async () => {
  const jobs = Array.from({ length: 25 }, (_, at) => ({ channel_id: `ch_${at % 2}`, at }));
  await enqueueJobs(queues.statuses, jobs);
  expect(operations).toEqual(Array(3).fill('SendMessageBatch'));
  const arrived = (await drain(queues.statuses)).map(({ body }) => JSON.parse(body));
  expect(arrived.sort((a, b) => a.at - b.at)).toEqual(jobs);
});

test('without a job SQS is not called', async () => {
  await enqueue(queues.statuses, []);
  expect(operations).toEqual([]);
});

test('a job that is put off stays away with its group, and comes back', async () => {
  const { client, url } = queues.inbound;
  await enqueue(queues.inbound, [job('ben', 1), job('ben', 2), job('cleo', 1)]);
  const receive = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 1 });
  const { Messages: [first] = [] } = await client.send(receive);
  const handle = first?.ReceiptHandle ?? expect.fail('there is no job');

  await postpone(queues.inbound, handle, 60_000);
  expect(await jobsIn(queues.inbound)).toEqual([job('cleo', 1).job]);
  await postpone(queues.inbound, handle, 0);
  // SQS promises it back from now on, not in this very millisecond.
  const back: unknown[] = [];
  const hasBoth = async () => {
    back.push(...(await jobsIn(queues.inbound)));
    return back.length >= 2;
  };
  await until(hasBoth, { what: 'the jobs that were put off' });
  expect(back).toEqual([job('ben', 1).job, job('ben', 2).job]);
});

test('every text arrives as it was: emoji, characters SQS refuses, and half a surrogate pair', async () => {
  const words = 'Grüße 👋👨‍👩‍👧 \uFFFE\uFFFF \uD83D \u0000\u001b';
  await enqueue(queues.inbound, [{ ...job('emoji', 1), job: { words } }]);
  const [taken] = await drain(queues.inbound);
  expect(JSON.parse(taken?.body ?? '')).toEqual({ words });
  expect(taken?.body).not.toMatch(/[\uFFFE\uFFFF]/);
});

test('emoji travel as they are, and take no more room than they need', async () => {
  const words = '👋👨‍👩‍👧'.repeat(10);
  await enqueue(queues.inbound, [{ ...job('emoji', 2), job: { words } }]);
  const [taken] = await drain(queues.inbound);
  expect(taken?.body).toBe(JSON.stringify({ words }));
});
