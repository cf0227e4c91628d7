import { expect, test } from 'vitest';
import type { GiveUp } from '../../../functions/chain/failed-job.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { fails, HOUR, openJobStage, record, waits } from './job-stage.ts';

const { table, run, letters } = openJobStage();

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
  { what: 'a fault of ours',        error: new Error('a bug'),         triedMs: HOUR,      code: 'unexpected-error', says: /^A fault of our own/ },
  { what: 'something that is away', error: new Failure('unavailable'), triedMs: 12 * HOUR, code: 'unavailable',      says: /was away for half a day/ },
];

test.each(kinds)('a job is given up when it has failed in a row for too long, for $what', async ({
  error,
  triedMs,
  code,
  says,
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
  expect(told).toEqual(Array(2).fill([given, { code, reason: expect.stringMatching(says) }]));
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
