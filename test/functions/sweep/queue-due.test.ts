import { expect, test } from 'vitest';
import { queueDue } from '../../../functions/sweep/queue-due.ts';
import { json } from '../../../infra/local/http/serve.ts';
import { outboundGroup } from '../../../shared/rules/delivery/reply-jobs.ts';
import { schedule } from '../../../shared/store/due.ts';
import { DUE_LISTS, dueKey } from '../../../shared/store/keys.ts';
import {
  MINUTE,
  NOW,
  notification,
  OUTBOUND,
  openSweepStage,
  probe,
  release,
  STATUSES,
} from './stage.ts';

const stage = openSweepStage();
const { table, due, left, queued } = stage;

test('each due job goes into its queue and is removed; a job that is not due stays', async () => {
  await due(release);
  await due(notification);
  await due(probe);
  const later = await due(probe, NOW + 1);
  await queueDue(stage.deps);

  expect(queued(OUTBOUND)).toEqual([
    expect.objectContaining({ job: release, MessageGroupId: outboundGroup(release) }),
  ]);
  const told = queued(STATUSES);
  expect(told.map(({ job }) => job)).toHaveLength(2);
  expect(told.map(({ job }) => job)).toEqual(expect.arrayContaining([notification, probe]));
  for (const entry of told) expect(entry.MessageGroupId).toBe(entry.job.channel_id);
  expect(await left()).toEqual([later]);
});

test('when nothing is due, SQS is not called', async () => {
  await due(probe, NOW + MINUTE);
  await queueDue(stage.deps);
  expect(stage.sqs.calls).toEqual([]);
});

test('many jobs go in calls of ten, page after page, all in one run', async () => {
  const jobs = Array.from({ length: 120 }, (_, n) => ({ ...probe, channel_id: `ch_${n}` }));
  await Promise.all(jobs.map((job, n) => due(job, NOW - n)));
  await queueDue(stage.deps);
  const channels = queued(STATUSES).map(({ job }) => job.channel_id);
  expect(new Set(channels)).toEqual(new Set(jobs.map(({ channel_id }) => channel_id)));
  expect(channels).toHaveLength(120);
  expect(stage.sqs.calls.length).toBeLessThanOrEqual(120 / 10 + DUE_LISTS.length);
  expect(await left()).toEqual([]);
});

/** The sweep on a machine so slow that each list has time for one page only. */
function hurried() {
  let asked = 0;
  return { ...stage.deps, now: () => NOW + asked++ * 30_000 };
}

test('however many looks are due, a probe does not wait behind them', async () => {
  await Promise.all(
    Array.from({ length: 150 }, (_, n) => due(n % 2 ? release : notification, NOW - MINUTE)),
  );
  await due(probe);
  await queueDue(hurried());
  expect(queued(STATUSES).map(({ job }) => job)).toContainEqual(probe);
  expect((await left()).length).toBeGreaterThan(0);
});

test('a run goes on until everything that is due is queued', async () => {
  const looks = Array.from({ length: 1_100 }, (_, n) => `due_${n}_00`);
  for (let at = 0; at < looks.length; at += 100) {
    const some = looks.slice(at, at + 100);
    await Promise.all(some.map((id) => schedule(table, { id, at: NOW - 1, job: notification })));
  }
  await queueDue(stage.deps);
  expect(queued(STATUSES)).toHaveLength(looks.length);
  expect(await left()).toEqual([]);
});

test('a run that takes too long ends after its page, and the next one goes on with what is left', async () => {
  await Promise.all(Array.from({ length: 90 }, () => due(notification)));
  await queueDue(hurried());
  const first = queued(STATUSES).length;
  expect(first).toBeGreaterThanOrEqual(30);
  expect(first).toBeLessThanOrEqual(40);
  await queueDue(stage.deps);
  expect(queued(STATUSES)).toHaveLength(90);
  expect(await left()).toEqual([]);
});

test.each([
  { what: 'fails', script: () => json(500, {}), outbound: 0 },
  { what: 'takes only a part', script: () => ({ fails: ['0'] }), outbound: 1 },
])('when SQS $what, nothing is removed, the run fails, and the next one queues the jobs', async (away) => {
  const ids = [await due(release), await due(probe)];
  stage.sqsDoes(away.script);
  await expect(queueDue(stage.deps)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await left()).toEqual(ids.toSorted());

  stage.sqsDoes(() => ({ fails: [] }));
  stage.sqs.calls.length = 0;
  await queueDue(stage.deps);
  expect([queued(OUTBOUND).length, queued(STATUSES).length]).toEqual([1, 1]);
  expect(await left()).toEqual([]);
});

test('while one queue is away the jobs of the other go and are removed', async () => {
  const waiting = await due(release);
  await due(probe);
  stage.sqsDoes(({ input }) => (input.QueueUrl === OUTBOUND ? json(500, {}) : { fails: [] }));
  await expect(queueDue(stage.deps)).rejects.toMatchObject({ code: 'unavailable' });
  expect(queued(STATUSES)).toHaveLength(1);
  expect(await left()).toEqual([waiting]);
});

test('a list that cannot be read does not keep the others waiting', async () => {
  await Promise.all(Array.from({ length: 20 }, () => due(notification)));
  let read = 0;
  table.hooks.add(({ operation, moment }) => {
    if (operation !== 'Query' || moment !== 'before') return 'pass';
    read += 1;
    return read <= DUE_LISTS.length - 1 ? 'pass' : 'fail';
  });
  await expect(queueDue(stage.deps)).rejects.toMatchObject({ code: 'unavailable' });
  const before = queued(STATUSES).length;
  expect(before).toBeGreaterThan(0);
  expect(before + (await left()).length).toBe(20);

  table.hooks.clear();
  await queueDue(stage.deps);
  expect(queued(STATUSES)).toHaveLength(20);
  expect(await left()).toEqual([]);
});

test('after a death between queue and table a release is queued again under the same id, and then removed', async () => {
  await due(release);
  table.hooks.add(({ operation, moment }) =>
    operation === 'DeleteItem' && moment === 'before' ? 'fail' : 'pass',
  );
  await expect(queueDue(stage.deps)).rejects.toMatchObject({ code: 'unavailable' });
  table.hooks.clear();
  await queueDue(stage.deps);
  const [once, again] = queued(OUTBOUND);
  expect(queued(OUTBOUND)).toHaveLength(2);
  expect(again?.MessageDeduplicationId).toBe(once?.MessageDeduplicationId);
  expect(await left()).toEqual([]);
});

test('two sweeps at once queue each release under one id, and remove everything', async () => {
  for (let n = 0; n < 10; n++) await due({ ...release, chat_id: `c${n}` });
  await Promise.all([queueDue(stage.deps), queueDue(stage.deps)]);
  const ids = queued(OUTBOUND).map(({ MessageDeduplicationId }) => MessageDeduplicationId);
  expect(new Set(ids).size).toBe(10);
  expect(await left()).toEqual([]);
});

test('a job that is scheduled anew while it is being queued keeps its new time', async () => {
  const id = await due(probe);
  stage.sqsDoes(() => ({ fails: [] }));
  let isNew = false;
  table.hooks.add(async ({ operation, moment }) => {
    if (operation === 'DeleteItem' && moment === 'before' && !isNew) {
      isNew = true;
      await schedule(table, { id, at: NOW + MINUTE, job: probe });
    }
    return 'pass' as const;
  });
  await queueDue(stage.deps);
  expect(queued(STATUSES)).toHaveLength(1);
  expect(await left()).toEqual([id]);
  expect(await table.look(dueKey(id))).toMatchObject({ at: NOW + MINUTE });
});

test('two releases of one chat at different times have different ids', async () => {
  await due(release, NOW - 2_000);
  await due(release, NOW - 1_000);
  await queueDue(stage.deps);
  const ids = queued(OUTBOUND).map(({ MessageDeduplicationId }) => MessageDeduplicationId);
  expect(new Set(ids).size).toBe(2);
});
