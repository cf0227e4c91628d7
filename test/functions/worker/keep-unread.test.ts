import { expect, test } from 'vitest';
import type { WorkerDeps } from '../../../functions/worker/deps.ts';
import { keepUnread } from '../../../functions/worker/keep-unread.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00Z');

test.each([
  { what: 'is there', row: {}, letters: 1 },
  { what: 'was deleted', row: { deleted_at: '2026-11-22T09:59:00.000Z' }, letters: 0 },
])('of a channel that $what $letters letters are kept of what could not be read', async ({
  row,
  letters,
}) => {
  const id = `ch_${letters}`;
  await putItem(table, { ...channelKey(id), id, ...row });
  const item = {
    kind: 'unread',
    reason: 'message-unreadable',
    raw: { from: 491713920042 },
  } as const;
  const job = { channel_id: id, received_at: now, item };
  expect(await keepUnread({ table, now: () => now } as unknown as WorkerDeps, job)).toBe('done');
  expect(await table.lookAll(`DEAD#${id}`)).toHaveLength(letters);
});
