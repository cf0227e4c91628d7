import { expect, test } from 'vitest';
import {
  type Acceptance,
  claimAcceptance,
  findAcceptance,
} from '../../../shared/store/acceptances.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
let made = 0;
const newPlace = () => ({ channelId: 'ch_1', endpoint: 'messages', key: `key ${++made}` });
const acceptance = (at: number, body = 'one'): Acceptance => ({
  body_hash: body,
  accepted_at: at,
  facts: { chat_id: `chat at ${at}` },
});

test('the first request under a key counts, for every later one', async () => {
  const place = newPlace();
  expect(await findAcceptance(table, place, now)).toBeNull();
  const first = acceptance(now);
  expect(await claimAcceptance(table, place, first)).toBe(first);
  expect(await claimAcceptance(table, place, acceptance(now + 5, 'two'))).toMatchObject(first);
  expect(await findAcceptance(table, place, now + DAY - 1)).toMatchObject(first);
});

test('of fifty requests at once one counts, and all are given the same one', async () => {
  const place = newPlace();
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, at) => claimAcceptance(table, place, acceptance(now + at))),
  );
  expect(new Set(all.map(({ accepted_at }) => accepted_at)).size).toBe(1);
});

test('after 24 hours a key is free, even while its item is still there', async () => {
  const place = newPlace();
  await claimAcceptance(table, place, acceptance(now));
  expect(await findAcceptance(table, place, now + DAY)).toBeNull();
  const later = acceptance(now + DAY, 'two');
  expect(await claimAcceptance(table, place, later)).toBe(later);
});

test('a key belongs to one channel and one endpoint, and may be any text', async () => {
  const place = { ...newPlace(), key: '#'.repeat(255) };
  await claimAcceptance(table, place, acceptance(now));
  for (const other of [
    { ...place, channelId: 'ch_2' },
    { ...place, endpoint: 'pause' },
    { ...place, key: `${place.key.slice(1)}!` },
  ]) {
    expect(await findAcceptance(table, other, now)).toBeNull();
  }
});
