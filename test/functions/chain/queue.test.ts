import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GiveUp } from '../../../functions/chain/failed-job.ts';
import { type JobEnd, queueHandler } from '../../../functions/chain/queue.ts';
import { json } from '../../../infra/local/http/serve.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;
const table = useTable();
let sqs: SqsDouble;
beforeAll(async () => {
  sqs = await startSqsDouble(() => json(200, {}));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
});
afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_SQS;
  await sqs.stop();
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

type Story = (job: unknown) => Promise<JobEnd>;
const nothingElse: GiveUp = async () => 'ended';

/** Runs one batch, so many milliseconds from now, and says which records come again, and after how many seconds. */
async function run(records: SQSRecord[], story: Story, { after = 0, giveUp = nothingElse } = {}) {
  const before = sqs.calls.length;
  const { inbound: queue } = openQueues({ inbound: `${sqs.url}/1/jobs` });
  const source = { name: 'inbound' as const, queue, table, now: () => NOW + after };
  const handler = queueHandler(source, story, giveUp);
  const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 1_000 };
  const answer = await handler({ Records: records } satisfies SQSEvent, context as never);
  const again = answer.batchItemFailures.map((one) => one.itemIdentifier);
  const calls = sqs.calls.slice(before);
  const waits = calls.map(({ input }) => [input.ReceiptHandle, input.VisibilityTimeout]);
  return { again, waits };
}

const letters = (channelId: string) => table.lookAll(`DEAD#${channelId}`);
const fails = (error: Error) => async (): Promise<JobEnd> => {
  throw error;
};
const waits: Story = async () => ({ waitMs: 60_000 });

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

test('after each error in a row a job waits longer, five minutes at most', async () => {
  const seen: unknown[] = [];
  for (let failure = 0; failure < 10; failure++) {
    const { waits } = await run([record('longer', {})], fails(new Error('a bug')));
    seen.push(waits[0]?.[1]);
  }
  expect(seen).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

test('a healthy job writes nothing, and neither does one that only waits', async () => {
  await run([record('healthy', {})], async () => 'done');
  await run([record('waiting', {}, { receives: 19 })], waits);
  expect(table.calls).toEqual([]);
});

test('the wait after a hiccup does not grow with receives that were mere waiting', async () => {
  const job = record('hiccup', {}, { receives: 500 });
  expect((await run([job], fails(new Failure('unavailable')))).waits).toEqual([
    ['handle-hiccup', 2],
  ]);
});

test('a job that lay in its queue for days is not given up at its first failure', async () => {
  for (const error of [new Error('a bug'), new Failure('unavailable')]) {
    const job = record(`old-${error.name}`, { channel_id: 'ch_old' }, { ageMs: 100 * HOUR });
    expect((await run([job], fails(error))).again).toHaveLength(1);
  }
  expect(await letters('ch_old')).toEqual([]);
});

// biome-ignore format: a table reads by column
const kinds = [
  { what: 'a fault of ours',        error: new Error('a bug'),         triedMs: HOUR,      code: 'unexpected-error' },
  { what: 'something that is away', error: new Failure('unavailable'), triedMs: 12 * HOUR, code: 'unavailable' },
];

test.each(kinds)('a job is given up when it has failed in a row for too long, for $what', async ({
  error,
  triedMs,
  code,
}) => {
  const channel_id = `ch_${code}`;
  const job = record(code, { channel_id, words: 'of a visitor' }, { receives: 7 });
  const told: unknown[] = [];
  const giveUp: GiveUp = async (given, why) => {
    told.push([given, why]);
    return 'ended';
  };
  const every = 30 * 60_000;
  for (let after = 0; after <= triedMs; after += every) {
    expect((await run([job], fails(error), { after, giveUp })).again).toEqual([code]);
  }
  expect([await letters(channel_id), told]).toEqual([[], []]);
  const last = { after: triedMs + every, giveUp };
  expect(await run([job], fails(error), last)).toEqual({ again: [], waits: [] });
  expect(await run([job], fails(error), last)).toEqual({ again: [], waits: [] }); // the same letter
  const failures = triedMs / every + 3;
  expect(await letters(channel_id)).toEqual([
    expect.objectContaining({ queue: 'inbound', code, attempts: failures }),
  ]);
  const given = { channel_id, words: 'of a visitor' };
  expect(told).toEqual(Array(2).fill([given, { code, reason: expect.any(String) }]));
});

test('failures between which a job waited for long do not add up, nor do those of two kinds', async () => {
  const job = record('now-and-then', { channel_id: 'ch_now' });
  const bug = fails(new Error('a bug'));
  const away = fails(new Failure('unavailable'));
  expect((await run([job], bug)).waits[0]?.[1]).toBe(2);
  expect((await run([job], bug, { after: 5 * HOUR })).waits[0]?.[1]).toBe(2);
  for (let hours = 5; hours < 9; hours += 0.5) {
    expect((await run([job], away, { after: hours * HOUR })).again).toHaveLength(1);
  }
  expect((await run([job], bug, { after: 9 * HOUR })).again).toHaveLength(1);
  expect(await letters('ch_now')).toEqual([]);
});

test('what can never be read is given up at once, and a job that is not JSON is kept as it is', async () => {
  const refused = record('refused', { channel_id: 'ch_refused' });
  expect((await run([refused], fails(new Failure('request-invalid')))).again).toEqual([]);
  expect(await letters('ch_refused')).toMatchObject([{ code: 'request-invalid' }]);
  expect(await run([record('odd', '{"half')], async () => 'done')).toMatchObject({ again: [] });
  expect(await letters('unknown')).toMatchObject([{ code: 'payload-unreadable' }]);
});

test('while the table is away not even the failure can be counted: the job just waits', async () => {
  table.hooks.add(({ moment }) => (moment === 'before' ? 'fail' : 'pass'));
  const job = record('away', { channel_id: 'ch_away' });
  expect(await run([job], fails(new Failure('unavailable')), { after: 20 * HOUR })).toEqual({
    again: ['away'],
    waits: [['handle-away', 10]],
  });
});

test('while a job cannot be ended, or its letter not be written, it stays in its queue', async () => {
  const error = fails(new Failure('request-invalid'));
  const giveUp: GiveUp = async () => {
    throw new Failure('unavailable');
  };
  const job = record('kept', { channel_id: 'ch_kept' });
  expect((await run([job], error, { giveUp })).again).toEqual(['kept']);
  expect(await letters('ch_kept')).toEqual([]);
  table.hooks.add(({ operation, moment }) =>
    operation === 'PutItem' && moment === 'before' ? 'fail' : 'pass',
  );
  expect((await run([job], error)).again).toEqual(['kept']);
});

test('where the story keeps its own letter there is no other', async () => {
  const error = fails(new Failure('request-invalid'));
  const job = record('own', { channel_id: 'ch_own' });
  expect((await run([job], error, { giveUp: async () => 'letter-kept' })).again).toEqual([]);
  expect(await letters('ch_own')).toEqual([]);
});

describe('a job whose function dies without a word', () => {
  /** Runs a batch; null: the function died in the story of a deadly job, and nothing after it happened. */
  const mayDie = (records: SQSRecord[], isDeadly = (_: unknown) => true) =>
    new Promise<Awaited<ReturnType<typeof run>> | null>((end) => {
      void run(records, (job) => {
        if (!isDeadly(job)) return Promise.resolve('done');
        end(null);
        return new Promise(() => {});
      }).then(end);
    });

  test('is given up after five such deaths, from the twentieth receive on', async () => {
    const channel_id = 'ch_deadly';
    const at = (receives: number) => record('deadly', { channel_id }, { receives });
    for (let receives = 1; receives <= 24; receives++) await mayDie([at(receives)]);
    expect(await letters(channel_id)).toEqual([]);
    let begun = 0;
    const story: Story = async () => {
      begun += 1;
      return 'done';
    };
    expect((await run([at(25)], story)).again).toEqual([]);
    expect(begun).toBe(0);
    expect(await letters(channel_id)).toMatchObject([{ code: 'job-abandoned' }]);
  });

  test('is never mistaken for one that waits, fails, or is received while no function is free', async () => {
    const channel_id = 'ch_patient';
    const at = (receives: number) => record('patient', { channel_id }, { receives });
    for (let receives = 20; receives < 200; receives += 7) {
      expect((await run([at(receives)], waits)).again).toEqual(['patient']);
    }
    for (let receives = 200; receives < 220; receives++) {
      await run([at(receives)], fails(new Error('a bug')));
    }
    // A death now and then does not add up either.
    for (let receives = 300; receives < 320; receives += 2) {
      await mayDie([at(receives)]);
      await run([at(receives + 1)], waits);
    }
    expect(await run([at(999)], async () => 'done')).toEqual({ again: [], waits: [] });
    expect(await letters(channel_id)).toEqual([]);
  });

  test('takes no other job of its batch with it', async () => {
    const channel_id = 'ch_batch';
    const isDeadly = (job: unknown) => (job as { id: string }).id === 'deadly';
    let pending = ['deadly', 'fine-1', 'fine-2'];
    for (let receives = 20; pending.length > 0 && receives < 60; receives++) {
      // SQS hands them over in any order.
      pending = [...pending.slice(1), ...pending.slice(0, 1)];
      const ids = pending.map((id) => (id === 'deadly' ? id : `${id}-of-its-batch`));
      const records = ids.map((id) => record(id, { channel_id, id }, { receives }));
      const end = await mayDie(records, isDeadly);
      if (end) pending = pending.filter((_, at) => end.again.includes(ids[at] ?? ''));
    }
    expect(pending).toEqual([]);
    expect(await letters(channel_id)).toMatchObject([
      { code: 'job-abandoned', job: JSON.stringify({ channel_id, id: 'deadly' }) },
    ]);
  });
});
