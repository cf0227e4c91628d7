import { beforeEach, expect, test } from 'vitest';
import { idOf } from '../../../shared/kernel/hash.ts';
import {
  type Due,
  type DuePage,
  dueNow,
  forgetDue,
  schedule,
  scheduleOnce,
} from '../../../shared/store/due.ts';
import { DUE_LISTS, dueKey, dueListKey, dueListOf } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { useTable } from '../../support/table.ts';

const NOW = Date.parse('2026-11-22T10:00:00.500Z');
const table = useTable();
let made = 0;

const probe = (at: number, id = idOf('due', ++made)): Due => ({
  id,
  at,
  job: { kind: 'probe', channel_id: 'ch_1' },
});

const park = (at: number): Due => ({
  id: idOf('due', ++made),
  at,
  job: { kind: 'release', channel_id: 'ch_1', chat_id: 'c1' },
});

/** Everything that is due, page by page. */
async function allDue({ now = NOW, limit = 100 } = {}): Promise<Due[]> {
  const found: Due[] = [];
  for (const list of DUE_LISTS) {
    let after: DuePage['after'] = null;
    do {
      const page: DuePage = await dueNow(table, list, { now, limit, after });
      expect(page.due.length).toBeLessThanOrEqual(limit);
      found.push(...page.due);
      after = page.after;
    } while (after);
  }
  return found;
}

beforeEach(async () => {
  for (const due of await allDue({ now: NOW * 2 })) await forgetDue(table, due);
});

test('a job is due from its time on, and not a millisecond earlier', async () => {
  const due = probe(NOW);
  await schedule(table, due);
  expect(await allDue({ now: NOW - 1 })).toEqual([]);
  expect(await allDue({ now: NOW })).toEqual([due]);
  expect(await allDue({ now: NOW + 86_400_000 })).toEqual([due]);
});

test('a job that is scheduled again is the same item, with its newest time', async () => {
  const due = probe(NOW);
  await schedule(table, due);
  await schedule(table, { ...due, at: NOW + 60_000 });
  expect(await allDue()).toEqual([]);
  expect(await allDue({ now: NOW + 60_000 })).toEqual([{ ...due, at: NOW + 60_000 }]);
});

test('a job that is scheduled once keeps the time it has, until that time is over', async () => {
  const due = probe(NOW);
  await scheduleOnce(table, due, NOW);
  await scheduleOnce(table, { ...due, at: NOW + 60_000 }, NOW);
  expect(await allDue()).toEqual([due]);
  // Overdue: the sweep has queued it, and it is wanted again.
  await scheduleOnce(table, { ...due, at: NOW + 60_000 }, NOW + 1);
  expect(await allDue()).toEqual([]);
});

test('a job is removed only while its time is the one that was read', async () => {
  const due = probe(NOW);
  await schedule(table, due);
  await schedule(table, { ...due, at: NOW + 60_000 });
  expect(await forgetDue(table, due)).toBe(false);
  expect(await table.look(dueKey(due.id))).toMatchObject({ at: NOW + 60_000 });

  expect(await forgetDue(table, { ...due, at: NOW + 60_000 })).toBe(true);
  expect(await table.look(dueKey(due.id))).toBeNull();
  expect(await forgetDue(table, { ...due, at: NOW + 60_000 })).toBe(false);
});

test('each kind of job has lists of its own', async () => {
  const look: Due = {
    id: idOf('due', ++made),
    at: NOW,
    job: { kind: 'notification', channel_id: 'ch_1', reply_id: 'rep_1', time_up: true },
  };
  const dues = [look, park(NOW), probe(NOW)];
  await Promise.all(dues.map((due) => schedule(table, due)));
  for (const list of DUE_LISTS) {
    const { due } = await dueNow(table, list, { now: NOW, limit: 100 });
    expect(due.every(({ job }) => job.kind === list.kind)).toBe(true);
  }
  expect(await allDue()).toHaveLength(dues.length);
});

test('many jobs are spread over several lists, each in the order of time, and paging loses none', async () => {
  const dues = Array.from({ length: 60 }, (_, at) => park(NOW - ((at * 37) % 60) * 1_000));
  await Promise.all(dues.map((due) => schedule(table, due)));
  const pages = await Promise.all(
    DUE_LISTS.filter(({ kind }) => kind === 'release').map((list) =>
      dueNow(table, list, { now: NOW, limit: 100 }),
    ),
  );
  for (const { due } of pages) {
    expect(due.length).toBeGreaterThan(0);
    expect(due.map(({ at }) => at)).toEqual(due.map(({ at }) => at).toSorted((a, b) => a - b));
  }
  const found = await allDue({ limit: 4 });
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set(dues.map(({ id }) => id)));
  expect(found).toHaveLength(60);
});

test('a job of another version of the program is reported and stays, and the jobs beside it are read', async () => {
  const id = idOf('due', 'from the future');
  const [before, after] = [probe(NOW - 2, `${id.slice(0, -2)}00`), probe(NOW, id)];
  const list = dueListOf('probe', id);
  const stranger = {
    ...dueKey('due_x'),
    ...dueListKey(list, NOW - 1, 'due_x'),
    id: 'due_x',
    at: NOW - 1,
    job: { kind: 'sing', channel_id: 'ch_1' },
  };
  await putItem(table, stranger);
  for (const due of [before, after]) await schedule(table, due);

  const { due, unreadable } = await dueNow(table, list, { now: NOW, limit: 100 });
  expect(unreadable).toEqual(['due_x']);
  expect(due).toContainEqual(after);
  expect(await table.look(dueKey('due_x'))).toEqual(stranger);
});
