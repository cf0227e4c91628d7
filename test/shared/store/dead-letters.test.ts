import { expect, test } from 'vitest';
import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import { writeDeadLetter } from '../../../shared/store/dead-letters.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00Z');
let made = 0;
const newLetter = (more: Partial<DeadLetter> = {}): DeadLetter => ({
  channel_id: `ch_${++made}`,
  id: 'evt_1',
  queue: 'inbound',
  code: 'agent-rejected',
  reason: 'HTTP 404',
  attempts: 1,
  job: { item: { kind: 'message', text: 'Hello' } },
  at: now - 1_000,
  ...more,
});
const letters = (channelId: string) => table.lookAll(`DEAD#${channelId}`);

test('a job that is given up is kept whole for 14 days', async () => {
  const letter = newLetter();
  await writeDeadLetter(table, letter, now);
  expect(await letters(letter.channel_id)).toEqual([
    {
      pk: `DEAD#${letter.channel_id}`,
      sk: '2026-11-22T09:59:59.000Z#evt_1',
      ...letter,
      job: JSON.stringify(letter.job),
      expires_at: Date.parse('2026-12-06T10:00:00Z') / 1000,
    },
  ]);
  expect(table.calls).toEqual(['PutItem']);
});

test('a job that is given up twice, and by twenty workers at once, leaves one letter: the last one written', async () => {
  const letter = newLetter();
  await writeDeadLetter(table, letter, now);
  await Promise.all(Array.from({ length: 20 }, () => writeDeadLetter(table, letter, now)));
  await writeDeadLetter(table, { ...letter, attempts: 2 }, now);
  expect(await letters(letter.channel_id)).toMatchObject([{ id: letter.id, attempts: 2 }]);
});

test('the letters of one channel are in the order in which their jobs came', async () => {
  const first = newLetter({ at: now, id: 'z' });
  const others = [
    { ...first, id: 'a', at: now + 1 },
    { ...first, id: 'b', at: now + 1 },
  ];
  for (const letter of [...others].reverse()) await writeDeadLetter(table, letter, now);
  await writeDeadLetter(table, first, now);
  const kept = await letters(first.channel_id);
  const inOrder = kept.sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
  expect(inOrder.map(({ id }) => id)).toEqual(['z', 'a', 'b']);
});

test('a job of any shape is kept exactly, also with values that DynamoDB itself would not take', async () => {
  const nested = (levels: number): unknown => (levels === 0 ? 'deep' : [nested(levels - 1)]);
  const jobs = [null, 'text', [1, { a: {} }], { '': '', id: 1e20 }, nested(40)];
  for (const job of jobs) {
    const letter = newLetter({ job });
    await writeDeadLetter(table, letter, now);
    const [kept] = await letters(letter.channel_id);
    expect(JSON.parse(String(kept?.job))).toEqual(job);
  }
});
