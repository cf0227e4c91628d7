import { expect, test } from 'vitest';
import { takeCallSlot } from '../../../../shared/store/channel/call-slots.ts';
import { callSlotsKey } from '../../../../shared/store/keys.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const NOW = 1_000_000;

/** As many callers at once as are asked for; each takes a slot of its own, or none. */
const contend = (callers: number, limit: number, channelId: string) =>
  Promise.all(
    Array.from({ length: callers }, (_, caller) =>
      takeCallSlot(
        table,
        { channelId, pool: 'worker' },
        { limit, holder: `h${caller}`, until: NOW + 60_000, now: NOW, chance: Math.random },
      ),
    ),
  );

test('forty callers at once each take a slot of their own, with few writes that are lost', async () => {
  table.calls.splice(0);
  const taken = await contend(40, 99, 'ch_1');
  expect(new Set(taken).size).toBe(40);
  expect(taken).not.toContain(null);
  expect(table.calls.filter((call) => call === 'UpdateItem').length).toBeLessThan(120);
});

test('no slot is held twice where more want one than there are', async () => {
  const taken = (await contend(40, 9, 'ch_2')).filter((slot) => slot !== null);
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.length).toBeLessThanOrEqual(9);
});

test('a slot that is free alone among many is found', async () => {
  for (let caller = 0; caller < 39; caller++) await contend(1, 40, 'ch_3');
  expect(await contend(1, 40, 'ch_3')).not.toContain(null);
  expect(await contend(1, 40, 'ch_3')).toEqual([null]);
  const item = (await table.look(callSlotsKey('ch_3', 'worker'))) ?? expect.fail('it is gone');
  expect(JSON.stringify(item).length).toBeLessThan(40 * 85);
});
