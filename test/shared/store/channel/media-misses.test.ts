import { expect, test } from 'vitest';
import { findMediaMisses, noteMediaMiss } from '../../../../shared/store/channel/media-misses.ts';
import { mediaMissesKey } from '../../../../shared/store/keys.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00.000Z');
const nothing = { periods: [], files: [] };
const miss = { period: 7, errors: 1, file: null, blockedUntil: null, outlived: nothing };
const gone = { id: 'a_B-1', code: 'media-gone', until: now + 60_000 } as const;

test('of a channel whose files could all be had nothing is remembered, and reading writes nothing', async () => {
  expect(await findMediaMisses(table, 'ch_good')).toEqual({
    errors: {},
    files: {},
    blockedUntil: 0,
  });
  expect(table.calls).toEqual(['GetItem']);
});

test('a miss is one write: it counts, remembers the file, and goes after a day', async () => {
  const noted = await noteMediaMiss(table, 'ch_one', { ...miss, errors: 2, file: gone }, now);
  expect(table.calls).toEqual(['UpdateItem']);
  expect(noted).toEqual({
    errors: { 7: 2 },
    files: { 'a_B-1': { code: 'media-gone', until: now + 60_000 } },
    blockedUntil: 0,
  });
  expect(await findMediaMisses(table, 'ch_one')).toEqual(noted);
  const item = await table.look(mediaMissesKey('ch_one'));
  expect(item?.expires_at).toBe(now / 1000 + 24 * 60 * 60);
});

test('twenty functions that miss at once all count', async () => {
  await Promise.all(
    Array.from({ length: 20 }, () => noteMediaMiss(table, 'ch_many', { ...miss, file: gone }, now)),
  );
  expect((await findMediaMisses(table, 'ch_many')).errors).toEqual({ 7: 20 });
});

test('what is outlived goes with the next write, but not what that write is about', async () => {
  const other = { ...gone, id: 'b' };
  await noteMediaMiss(table, 'ch_old', { ...miss, period: 1, file: gone }, now);
  await noteMediaMiss(table, 'ch_old', { ...miss, period: 2, file: other }, now);
  const outlived = { periods: [1, 2], files: [gone.id, 'b', 'never-there'] };
  const renewed = { ...other, until: now + 90_000 };
  const left = await noteMediaMiss(
    table,
    'ch_old',
    { ...miss, period: 2, file: renewed, outlived },
    now,
  );
  expect(left).toMatchObject({ errors: { 2: 2 }, files: { b: { until: now + 90_000 } } });
  expect(Object.keys(left.files)).toEqual(['b']);
});

test('when the provider asked to wait is kept beside the count, and a later miss leaves it alone', async () => {
  await noteMediaMiss(table, 'ch_busy', { ...miss, blockedUntil: now + 1 }, now);
  const later = await noteMediaMiss(table, 'ch_busy', { ...miss, period: 8 }, now);
  expect(later).toEqual({ errors: { 7: 1, 8: 1 }, files: {}, blockedUntil: now + 1 });
});
