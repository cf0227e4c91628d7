import { afterEach, expect, test, vi } from 'vitest';
import { Failure } from '../../../shared/kernel/failure.ts';
import { enqueue, openQueues, postpone, type Queue } from '../../../shared/queues/queue.ts';
import {
  type SqsCall,
  type SqsDouble,
  type SqsScript,
  startSqsDouble,
} from '../../support/sqs-double.ts';

let double: SqsDouble;
afterEach(async () => {
  vi.useRealTimers();
  await double.stop();
});

async function queueThat(script: SqsScript) {
  double = await startSqsDouble(script);
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'queues',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: double.url,
  });
  const inbound = 'https://sqs.eu-central-1.amazonaws.com/123456789012/it.fifo';
  return openQueues({ inbound }).inbound as unknown as Queue<string>;
}

const jobs = (group: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    job: `${group}${at}`,
    group,
    deduplicationId: `${group}${at}`,
  }));
const bodies = (calls: SqsCall[]) =>
  calls.map(({ input }) => input.Entries.map((one) => JSON.parse(one.MessageBody)));
const failure = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => expect.fail('it did not fail'),
    (error) => error,
  );

test('an entry goes with its group and its deduplication id, to the endpoint and not to the queue’s host', async () => {
  const queue = await queueThat(() => ({ fails: [] }));
  await enqueue(queue, [...jobs('a', 1), { job: 'plain' }]);
  expect(double.calls).toEqual([
    {
      operation: 'SendMessageBatch',
      input: {
        QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/it.fifo',
        Entries: [
          { Id: '0', MessageBody: '"a0"', MessageGroupId: 'a', MessageDeduplicationId: 'a0' },
          { Id: '1', MessageBody: '"plain"' },
        ],
      },
    },
  ]);
});

test('when SQS does not take an entry it is unavailable, and nothing more of that lane is put', async () => {
  const queue = await queueThat(({ input }) => ({
    fails: input.Entries.some(({ MessageBody }) => MessageBody === '"a12"') ? ['2', '5'] : [],
  }));
  const failed = await failure(enqueue(queue, [...jobs('a', 40), ...jobs('b', 40)]));

  expect(failed).toBeInstanceOf(Failure);
  expect(failed).toMatchObject({
    code: 'unavailable',
    facts: { what: 'queue', failed: 2, error: 'InternalError' },
  });
  await double.called(6); // the other lane goes on: what it holds is wanted as well
  const sent = bodies(double.calls).flat();
  expect(sent.filter((body) => body.startsWith('a'))).toEqual(jobs('a', 20).map(({ job }) => job));
  expect(sent.filter((body) => body.startsWith('b'))).toEqual(jobs('b', 40).map(({ job }) => job));
});

test('an SQS that answers 500 is tried again, and then unavailable, with the cause kept', async () => {
  const queue = await queueThat(() => ({ status: 500, body: '{}' }));
  const failed = await failure(enqueue(queue, jobs('a', 1)));
  expect(failed).toMatchObject({ code: 'unavailable', facts: { what: 'queue' } });
  expect(failed.cause).toBeInstanceOf(Error);
  expect(double.calls).toHaveLength(3);
});

test('what SQS refuses is no SQS that is away', async () => {
  const refusal = { __type: 'com.amazonaws.sqs#InvalidMessageContents', message: 'No.' };
  const queue = await queueThat(() => ({ status: 400, body: JSON.stringify(refusal) }));
  const failed = await failure(enqueue(queue, jobs('a', 1)));
  expect(failed).toBeInstanceOf(Error);
  expect(failed).not.toBeInstanceOf(Failure);
  expect(double.calls).toHaveLength(1);
});

test.each([
  { Code: 'InvalidMessageContents', isAway: false },
  { Code: 'RequestThrottled', isAway: true },
])('a job that SQS does not take for $Code is unavailable: $isAway', async ({ Code, isAway }) => {
  const answer = { Successful: [], Failed: [{ Id: '0', Code, SenderFault: true }] };
  const queue = await queueThat(() => ({ status: 200, body: JSON.stringify(answer) }));
  const failed = await failure(enqueue(queue, jobs('a', 1)));
  expect(failed instanceof Failure).toBe(isAway);
});

test('an SQS that recovers in time is no failure', async () => {
  let asked = 0;
  const queue = await queueThat(() => (++asked < 3 ? { status: 503, body: '{}' } : { fails: [] }));
  await enqueue(queue, jobs('a', 1));
  expect(double.calls).toHaveLength(3);
});

test('a caller that has no more time stops waiting', async () => {
  const queue = await queueThat(() => 'no-answer');
  const late = new AbortController();
  const waiting = failure(enqueue(queue, jobs('a', 30), late.signal));
  await double.called(1);
  late.abort();
  expect(await waiting).toMatchObject({ code: 'unavailable' });
  expect(double.calls).toHaveLength(1);
});

test('a call that hangs is given up after 3 s and tried again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let asked = 0;
  const queue = await queueThat(() => (++asked === 1 ? 'no-answer' : { fails: [] }));
  const done = enqueue(queue, jobs('a', 1));
  await double.called(1);
  await vi.advanceTimersByTimeAsync(2_900);
  expect(double.calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  await double.called(2);
  await done;
});

// biome-ignore format: a table reads by column
const waits = [
  { waitMs: 0,            seconds: 0 },
  { waitMs: -5_000,       seconds: 0 },
  { waitMs: 1,            seconds: 1 },
  { waitMs: 1_000,        seconds: 1 },
  { waitMs: 1_001,        seconds: 2 },
  { waitMs: 180_000,      seconds: 180 },
  { waitMs: 39_600_000,   seconds: 39_600 },
  { waitMs: 99_999_999_999, seconds: 39_600 }, // SQS refuses more than 12 h from the moment it was received
];

test.each(waits)('a wait of $waitMs ms is $seconds s for SQS: never shorter', async ({
  waitMs,
  seconds,
}) => {
  const queue = await queueThat(() => ({ fails: [] }));
  await postpone(queue, 'handle', waitMs);
  expect(double.calls).toMatchObject([
    {
      operation: 'ChangeMessageVisibility',
      input: { ReceiptHandle: 'handle', VisibilityTimeout: seconds },
    },
  ]);
});
