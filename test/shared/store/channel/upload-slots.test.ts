import { expect, test } from 'vitest';
import { UPLOAD_LIMIT } from '../../../../shared/rules/delivery/upload-limit.ts';
import { takeUploadSlot } from '../../../../shared/store/channel/upload-slots.ts';
import { uploadsKey } from '../../../../shared/store/keys.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00.000Z');

test('five may go at once, the sixth has to wait for a slot', async () => {
  for (let at = 0; at < UPLOAD_LIMIT.burst; at++) {
    expect(await takeUploadSlot(table, 'ch_one', now)).toBe(0);
  }
  expect(await takeUploadSlot(table, 'ch_one', now)).toBe(50);
  expect(await takeUploadSlot(table, 'ch_one', now + 50)).toBe(0);
  expect(await takeUploadSlot(table, 'ch_two', now)).toBe(0);
});

test('within any second there are at most 25, however eagerly they are taken', async () => {
  const taken: number[] = [];
  for (let at = 0; at < 3_000; at += 5) {
    if ((await takeUploadSlot(table, 'ch_eager', now + at)) === 0) taken.push(at);
  }
  for (const end of taken) {
    const second = taken.filter((at) => at <= end && at > end - 1_000);
    expect(second.length).toBeLessThanOrEqual(25);
  }
  expect(taken.length).toBeGreaterThan(60);
});

test('functions that take a slot at the same moment never take the same one', async () => {
  const waits = await Promise.all(
    Array.from({ length: 12 }, () => takeUploadSlot(table, 'ch_many', now)),
  );
  const taken = waits.filter((waitMs) => waitMs === 0).length;
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThanOrEqual(UPLOAD_LIMIT.burst);
  const item = await table.look(uploadsKey('ch_many'));
  expect(item?.pace_at).toBe(now + taken * UPLOAD_LIMIT.intervalMs);
});
