import type { Context } from 'aws-lambda';
import { beforeEach, expect, test, vi } from 'vitest';
import { sweepHandler } from '../../../functions/sweep/handler.ts';
import { queueDue } from '../../../functions/sweep/queue-due.ts';
import { json } from '../../../infra/local/http/serve.ts';
import { log } from '../../../shared/kernel/log.ts';
import { DUE_LISTS, dueKey, dueListKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { MINUTE, NOW, openSweepStage, probe, STATUSES } from './stage.ts';

const stage = openSweepStage();
const { table, due, left, queued } = stage;
const said = vi.spyOn(log, 'warn');
const cried = vi.spyOn(log, 'error');
beforeEach(() => {
  said.mockClear();
  cried.mockClear();
});

test('jobs this version cannot read are logged and stay, and the jobs behind them go', async () => {
  for (const [at, which] of DUE_LISTS.entries()) {
    const id = `due_${at}`;
    const list = dueListKey(which, NOW - MINUTE, id);
    await putItem(table, { ...dueKey(id), ...list, id, at: NOW - MINUTE, job: { kind: 'sing' } });
  }
  await Promise.all(Array.from({ length: 20 }, () => due(probe)));
  await queueDue(stage.deps);
  expect(queued(STATUSES)).toHaveLength(20);
  expect(await left()).toEqual(DUE_LISTS.map((_, at) => `due_${at}`));
  expect(cried).toHaveBeenCalledExactlyOnceWith('due-unreadable', {
    due_ids: expect.arrayContaining(['due_0', 'due_3']),
  });
});

test.each([
  { late: 2 * MINUTE, says: [] },
  { late: 10 * MINUTE, says: [['due-late', { late_seconds: 600 }]] },
])('when a job is $late ms late the log has $says', async ({ late, says }) => {
  await due(probe, NOW - 30_000);
  await due(probe, NOW - late);
  await queueDue(stage.deps);
  expect(said.mock.calls).toEqual(says);
});

test('a run that fails is a failed run of the function, with its cause in the log', async () => {
  await due(probe);
  stage.sqsDoes(() => json(500, {}));
  const handler = sweepHandler(stage.deps);
  const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 50_000 } as Context;
  await expect(handler({}, context)).rejects.toMatchObject({ code: 'unavailable' });
  expect(said).toHaveBeenCalledWith('dependency-unavailable', {
    code: 'unavailable',
    what: 'queue',
  });

  stage.sqsDoes(() => ({ fails: [] }));
  await expect(handler({}, context)).resolves.toBeUndefined();
  expect(await left()).toEqual([]);
});
