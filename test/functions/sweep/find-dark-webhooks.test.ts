import { expect, test, vi } from 'vitest';
import { openDarkLook } from '../../../functions/sweep/find-dark-webhooks.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { log } from '../../../shared/kernel/log.ts';
import { beginChannel, insertChannel } from '../../../shared/store/channel/channels.ts';
import { openUnheardSends } from '../../../shared/store/channel/unheard-sends.ts';
import { useTable } from '../../support/table.ts';

const START = Date.parse('2026-11-22T10:00:00Z');
const MINUTE = 60_000;
const table = useTable();
const said = vi.spyOn(log, 'warn').mockImplementation(() => {});

test('of active channels that hear nothing of what they send one line each says so, every ten minutes at most', async () => {
  let now = START;
  const noteSend = openUnheardSends(table, () => now);
  for (const [id, active] of [
    ['ch_dark', true],
    ['ch_off', false],
    ['ch_quiet', true],
  ] as const) {
    // All that the look needs of a channel's row.
    const row = { id, active, created_at: new Date(START).toISOString(), options: {} };
    await beginChannel(table, row, id);
    await insertChannel(table, row as unknown as Channel, id);
    if (id !== 'ch_quiet') await noteSend(id);
  }
  const look = openDarkLook(table, () => now);
  await look();
  expect(said).not.toHaveBeenCalled();
  now = START + 9 * MINUTE;
  const before = table.calls.length;
  await look();
  expect(table.calls.length).toBe(before);
  now = START + 32 * MINUTE;
  await look();
  expect(said.mock.calls).toEqual([['webhook-dark', { channel_id: 'ch_dark', minutes: 32 }]]);
});
