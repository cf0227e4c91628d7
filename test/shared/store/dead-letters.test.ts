import { expect, test } from 'vitest';
import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import {
  lettersAbout,
  removeLettersAbout,
  writeDeadLetter,
} from '../../../shared/store/dead-letters.ts';
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

const about = (phone: string) => ({ job: { item: { message: { from: { phone, bsuid: null } } } } });

test('letters are found by whom they are about, without saying who that is', async () => {
  const letter = newLetter({ ...about('491713920042'), id: 'evt_anna' });
  const others = [
    { ...letter, ...about('491713920043'), id: 'evt_other' },
    { ...letter, channel_id: 'ch_other' },
    { ...letter, job: { kind: 'probe' }, id: 'evt_nobody' },
  ];
  for (const one of [letter, ...others]) await writeDeadLetter(table, one, now);
  const { persons } = (await letters(letter.channel_id)).find(({ id }) => id === letter.id) ?? {};
  expect(JSON.stringify([...(persons as Set<string>)])).not.toContain('491713920042');
  const found = await lettersAbout(table, letter.channel_id, ['phone:491713920042'], { now });
  expect(found).toEqual({ letters: [letter], after: null });
  const later = { now: now + 15 * 24 * 3_600_000 };
  const past = await lettersAbout(table, letter.channel_id, ['phone:491713920042'], later);
  expect(past.letters).toEqual([]);
});

test('removing the letters about a person removes all of them, over many pages, and no other', async () => {
  const big = 'x'.repeat(200_000);
  const first = newLetter();
  for (let at = 0; at < 24; at++) {
    const { job } = about(at % 2 ? '491713920042' : '491713920043');
    await writeDeadLetter(table, { ...first, id: `evt_${at}`, job: { ...job, big } }, now);
  }
  const page = await lettersAbout(table, first.channel_id, ['phone:491713920042'], { now });
  expect(page.after).not.toBeNull();
  await removeLettersAbout(table, first.channel_id, ['phone:491713920042', 'chat:x']);
  const left = await letters(first.channel_id);
  expect(left.map(({ id }) => Number(String(id).slice(4)) % 2)).toEqual(Array(12).fill(0));
});
