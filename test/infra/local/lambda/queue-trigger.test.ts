import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { QueueName } from '../../../../infra/functions.ts';
import { startRuntime, type TestRuntime } from '../../../support/runtime.ts';
import { FIXTURE_JOBS } from '../../../support/runtime-fixtures.ts';
import { queueClient } from '../../../support/runtime-queue.ts';
import { until } from '../../../support/runtime-until.ts';

let runtime: TestRuntime;
let queue: ReturnType<typeof queueClient>;
beforeAll(async () => {
  runtime = await startRuntime({
    tuning: {
      functions: FIXTURE_JOBS,
      // `worker` has time enough; `send` is killed by its time limit.
      timeoutSeconds: { worker: 20, send: 0.4 },
      visibilitySeconds: { inbound: 1, outbound: 1, statuses: 1 },
    },
  });
  queue = queueClient(runtime.aws.endpoints.sqs);
});
afterAll(() => runtime.stop());
beforeEach(async () => {
  await runtime.idle();
  runtime.output.length = 0;
});

/** What the functions have seen, in order, with the process that saw it. */
const seen = () =>
  runtime.output
    .filter(({ line }) => line.startsWith('{"seen"'))
    .map(({ line }) => JSON.parse(line) as { seen: SQSRecord; pid: number });
const names = () => seen().map(({ seen }) => JSON.parse(seen.body).name as string);
const send = (name: QueueName, ...jobs: Parameters<typeof queue.send>[1][]) =>
  queue.send(runtime.aws.queueUrls[name], ...jobs);

test('a job reaches its function in the shape Lambda gives it', async () => {
  await send('inbound', { body: { name: 'one' }, group: 'anna' });
  await runtime.idle();

  expect(seen().map(({ seen }) => seen)).toEqual([
    {
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: '{"name":"one"}',
      attributes: expect.objectContaining({
        ApproximateReceiveCount: '1',
        MessageGroupId: 'anna',
        MessageDeduplicationId: expect.any(String),
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SequenceNumber: expect.any(String),
      }),
      messageAttributes: {},
      md5OfBody: expect.any(String),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:inbound.fifo',
      awsRegion: 'eu-central-1',
    },
  ]);
});

test('the jobs of a group run in order, one at a time, and groups run side by side', async () => {
  const jobs = [1, 2, 3].flatMap((n) =>
    ['anna', 'bert'].map((group) => ({ body: { name: `${group} ${n}` }, group })),
  );
  await send('inbound', { body: { do: 'hang', name: 'stuck' }, group: 'carl' }, ...jobs);
  // What hangs is killed in the end, and may come again meanwhile.
  await until(() => names().filter((name) => name !== 'stuck').length === jobs.length);

  expect(names().filter((name) => name.startsWith('anna'))).toEqual(['anna 1', 'anna 2', 'anna 3']);
  expect(names().filter((name) => name.startsWith('bert'))).toEqual(['bert 1', 'bert 2', 'bert 3']);
  await runtime.kill('worker');
});

test('at most five sandboxes work at once, and the jobs of killed ones are done by others', async () => {
  const stuck = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    body: { name, do: 'hang' },
    group: name,
  }));
  await send('inbound', ...stuck, { body: { name: 'f' }, group: 'f' });
  await until(() => names().length === 5);
  expect(runtime.pids('worker')).toHaveLength(5);
  expect(runtime.aws.depth('inbound').waiting).toBe(1);

  expect(await runtime.kill('worker')).toHaveLength(5);
  await runtime.idle();
  expect(names().toSorted().join('')).toBe('aabbccddeef');
});

test('a standard queue hands over up to ten jobs, and only the failed one comes again', async () => {
  const jobs = Array.from({ length: 10 }, (_, n) => ({
    body: { name: String(n), do: n === 3 ? 'report' : 'ok' },
  }));
  await send('statuses', ...jobs);
  await until(() => names().length > 10);

  expect(names().slice(0, 10).toSorted()).toEqual(jobs.map(({ body }) => body.name));
  expect(names()[10]).toBe('3');
  expect(seen()[10]?.seen.attributes.ApproximateReceiveCount).toBe('2');
});

test('an unknown id in a function’s answer fails the whole batch', async () => {
  await send(
    'statuses',
    { body: { name: 'good' } },
    { body: { name: 'bad', do: 'report-unknown' } },
  );
  await until(() => names().length >= 4);
  expect(names().slice(0, 4).toSorted()).toEqual(['bad', 'bad', 'good', 'good']);
});

test('when the deletion of a job fails it is tried again, and the job is not', async () => {
  let failures = 0;
  const remove = runtime.intercept(({ caller, operation, moment }) => {
    if (caller !== 'local' || operation !== 'DeleteMessageBatch' || moment !== 'before') return;
    failures += 1;
    return failures === 1 ? 'fail' : 'pass';
  });
  await send('inbound', { body: { name: 'done once' }, group: 'anna' });
  await runtime.idle();
  remove();
  expect(failures).toBe(2);
  expect(names()).toEqual(['done once']);
});

test('a job whose function throws comes again when its visibility ends, with its group behind it', async () => {
  const begun = Date.now();
  await send(
    'inbound',
    { body: { name: 'first', do: 'throw' }, group: 'anna' },
    { body: { name: 'second' }, group: 'anna' },
  );
  await until(() => names().length >= 2);
  expect(names().slice(0, 2)).toEqual(['first', 'first']);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(1_000);
});

test('a function that takes too long is killed, and its job goes to another process', async () => {
  await send('outbound', { body: { name: 'slow', do: 'hang' }, group: 'anna' });
  await until(() => names().length === 2);
  const [first, second] = seen();
  expect(second?.seen.attributes.ApproximateReceiveCount).toBe('2');
  expect(second?.pid).not.toBe(first?.pid);
  expect(() => process.kill(first?.pid ?? 0, 0)).toThrow('ESRCH');
});

test('tuned for tests, fewer sandboxes work at once, and the jobs of killed ones come back at once', async () => {
  const tuned = await startRuntime({
    tuning: {
      functions: FIXTURE_JOBS,
      visibilitySeconds: { inbound: 60 },
      sandboxes: 2,
      returnAtOnce: true,
    },
  });
  const started = () => tuned.output.filter(({ line }) => line.startsWith('{"seen"')).length;
  const stuck = ['a', 'b'].map((group) => ({ body: { do: 'hang' }, group }));
  const { send, client } = queueClient(tuned.aws.endpoints.sqs);
  await send(tuned.aws.queueUrls.inbound, ...stuck, { body: {}, group: 'c' });
  await until(() => started() === 2);
  expect(tuned.pids('worker')).toHaveLength(2);
  expect(tuned.aws.depth('inbound')).toMatchObject({ waiting: 1, inFlight: 2 });

  expect(await tuned.kill('worker')).toHaveLength(2);
  await until(() => started() === 5);
  await tuned.idle();
  client.destroy();
  await tuned.stop();
});
