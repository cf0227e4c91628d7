import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterEach, expect, test } from 'vitest';
import { type JobEnd, queueHandler } from '../../../functions/chain/queue.ts';
import { json } from '../../../infra/local/http/serve.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;
const table = useTable();
afterEach(() => {
  delete process.env.AWS_ENDPOINT_URL_SQS;
});

/** A record with a job, as SQS hands it over. */
function record(id: string, job: object | string, { ageMs = 0, receives = 1 } = {}): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `handle-${id}`,
    body: typeof job === 'string' ? job : JSON.stringify(job),
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(NOW - ageMs),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
  };
}

/** Runs one batch and says which records come again, and after how many seconds. */
async function run(records: SQSRecord[], story: (job: unknown) => Promise<JobEnd>) {
  const sqs = await startSqsDouble(() => json(200, {}));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  try {
    const { inbound: queue } = openQueues({ inbound: `${sqs.url}/1/jobs` });
    const handler = queueHandler({ name: 'inbound', queue, table, now: () => NOW }, story);
    const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 1_000 };
    const answer = await handler({ Records: records } satisfies SQSEvent, context as never);
    const again = answer.batchItemFailures.map((one) => one.itemIdentifier);
    const waits = sqs.calls.map(({ input }) => [input.ReceiptHandle, input.VisibilityTimeout]);
    return { again, waits };
  } finally {
    await sqs.stop();
  }
}

const letters = (channelId: string) => table.lookAll(`DEAD#${channelId}`);
const fails = (error: Error) => async (): Promise<JobEnd> => {
  throw error;
};

test('each job of a batch ends alone: done, put off to its time, or put off after an error', async () => {
  const { again, waits } = await run(
    ['done', 'wait', 'error'].map((what) => record(what, { what })),
    async (job) => {
      const { what } = job as { what: string };
      if (what === 'error') throw new Error('a bug');
      return what === 'wait' ? { waitMs: 4_200 } : 'done';
    },
  );
  expect(again).toEqual(['wait', 'error']);
  expect(waits.toSorted()).toEqual([
    ['handle-error', 2],
    ['handle-wait', 5],
  ]);
});

test('after each error a job waits longer, five minutes at most', async () => {
  const seen: unknown[] = [];
  for (const receives of [1, 3, 8, 500]) {
    const { waits } = await run([record('one', {}, { receives })], fails(new Error('a bug')));
    seen.push(waits[0]?.[1]);
  }
  expect(seen).toEqual([2, 8, 256, 300]);
});

// biome-ignore format: a table reads by column
const givenUp = [
  { when: 'it does not parse by its schema',     error: new Failure('request-invalid'), ageMs: 0,             code: 'request-invalid' },
  { when: 'a bug stands in its way for an hour', error: new Error('a bug'),             ageMs: HOUR + 1,      code: 'unexpected-error' },
  { when: 'something is away for half a day',    error: new Failure('unavailable'),     ageMs: 12 * HOUR + 1, code: 'unavailable' },
];

test.each(givenUp)('a job is kept as a dead letter, and its group goes on, when $when', async ({
  error,
  ageMs,
  code,
}) => {
  const channel_id = `ch_${code}`;
  const job = record('lost', { channel_id, words: 'of a visitor' }, { ageMs, receives: 7 });
  expect(await run([job], fails(error))).toEqual({ again: [], waits: [] });
  expect(await run([job], fails(error))).toEqual({ again: [], waits: [] });
  expect(await letters(channel_id)).toEqual([
    expect.objectContaining({ queue: 'inbound', code, attempts: 7 }),
  ]);
});

test('a job that is not JSON is kept as it is', async () => {
  expect(await run([record('odd', '{"half')], async () => 'done')).toMatchObject({ again: [] });
  expect(await letters('unknown')).toHaveLength(1);
});

// biome-ignore format: a table reads by column
const tried = [
  { when: 'a bug is young',                error: new Error('a bug'),         ageMs: HOUR },
  { when: 'something is away for a while', error: new Failure('unavailable'), ageMs: 12 * HOUR },
];

test.each(tried)('a job is tried again while $when', async ({ error, ageMs }) => {
  const { again } = await run([record('one', { channel_id: 'ch_tried' }, { ageMs })], fails(error));
  expect(again).toEqual(['one']);
  expect(await letters('ch_tried')).toEqual([]);
});

test('while the dead letter cannot be written either, the job stays in its queue', async () => {
  table.hooks.add(({ operation, moment }) =>
    operation === 'PutItem' && moment === 'before' ? 'fail' : 'pass',
  );
  const job = record('kept', { channel_id: 'ch_kept' });
  expect((await run([job], fails(new Failure('request-invalid')))).again).toEqual(['kept']);
});
