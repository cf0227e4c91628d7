import { expect, test } from 'vitest';
import { liftBlock, markBlocked } from '../../../../shared/store/channel/channel-block.ts';
import { findChannel } from '../../../../shared/store/channel/channels.ts';
import { channelKey } from '../../../../shared/store/keys.ts';
import { getItem, putItem } from '../../../../shared/store/table.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const block = { code: 131042, reason: 'Payment issue', since: 1_000 };
let made = 0;

async function channel(more: Record<string, unknown> = {}) {
  made += 1;
  const row = { id: `ch_${made}`, version: 3, active: true, secret_version: 2, ...more };
  await putItem(table, { ...channelKey(row.id), ...row });
  return row;
}
const stored = async ({ id }: { id: string }) =>
  (await getItem<Record<string, unknown>>(table, channelKey(id), { consistent: true })) ?? {};

test('a channel is marked once, keeps its version, and every reader sees the mark', async () => {
  const row = await channel();
  expect(await markBlocked(table, row, block)).toBe(true);
  expect(await markBlocked(table, row, { ...block, since: 2_000 })).toBe(false);
  expect(await stored(row)).toMatchObject({ version: 3, blocked: block });
  expect((await findChannel(table, row.id))?.blocked).toEqual(block);
});

// biome-ignore format: a table reads by column
const others: { when: string; row?: Record<string, unknown>; refused?: { secret_version: number } }[] = [
  { when: 'another key was saved meanwhile', refused: { secret_version: 1 } },
  { when: 'it is not active any more',       row: { active: false } },
  { when: 'it was deleted',                  row: { deleted_at: '2026-11-22T10:00:00Z' } },
];

test.each(others)('nothing is marked when $when', async ({ row, refused }) => {
  const there = await channel(row);
  expect(await markBlocked(table, { ...there, ...refused }, block)).toBe(false);
  expect(await stored(there)).not.toHaveProperty('blocked');
});

test('marking a channel that is not there does not make it', async () => {
  expect(await markBlocked(table, { id: 'ch_none', secret_version: 1 }, block)).toBe(false);
  expect(await stored({ id: 'ch_none' })).toEqual({});
});

test('lifting removes the mark that was read, and no later one', async () => {
  const row = await channel();
  await markBlocked(table, row, block);
  expect(await liftBlock(table, row.id, 999)).toBe(false);
  expect(await liftBlock(table, row.id, block.since)).toBe(true);
  expect(await liftBlock(table, row.id, block.since)).toBe(false);
  expect(await stored(row)).not.toHaveProperty('blocked');
  expect(await markBlocked(table, row, { ...block, since: 5_000 })).toBe(true);
});
