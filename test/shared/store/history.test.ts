import { expect, test } from 'vitest';
import {
  entriesOf,
  eraseHistory,
  keepEntry,
  newestEntries,
  removeEntry,
  takeBackEntry,
} from '../../../shared/store/history.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00.500Z');
const DAY_MS = 24 * 60 * 60 * 1000;
let made = 0;
const someChat = () => ({ channelId: 'ch_1', chatId: `chat-${++made}` });
const said = (text: string) => ({ from: 'visitor' as const, kind: 'text', text, turn_id: 't' });
const told = async (chat: ReturnType<typeof someChat>, limit = 10, at = now) =>
  (await newestEntries(table, chat, { limit, now: at })).map(({ text }) => text);

test('what was said is kept once, the newest is read first, and what is longer than a message is cut', async () => {
  const chat = someChat();
  await keepEntry(table, { ...chat, at: now - 2, id: 'a' }, said('one'));
  await keepEntry(table, { ...chat, at: now - 1, id: 'b' }, said('two'));
  await keepEntry(table, { ...chat, at: now - 1, id: 'b' }, said('a repeat'));
  await keepEntry(table, { ...chat, at: now, id: 'c' }, said(`${'x'.repeat(4_095)}😀`));
  expect(await told(chat)).toEqual([`${'x'.repeat(4_095)}\ufffd`, 'two', 'one']);
  expect(await told(chat, 1)).toHaveLength(1);
  expect(await told(someChat())).toEqual([]);
});

test('what was taken back is not told, and no repeat says it again', async () => {
  const chat = someChat();
  const place = { ...chat, at: now, id: 'a' };
  await takeBackEntry(table, place);
  await keepEntry(table, place, said('failed before it was kept'));
  const other = { ...chat, at: now, id: 'b' };
  await keepEntry(table, other, said('kept before it failed'));
  await takeBackEntry(table, other);
  await keepEntry(table, other, said('kept before it failed'));
  expect(await told(chat)).toEqual([]);
});

test('an entry counts as absent after 14 days, and can be removed', async () => {
  const chat = someChat();
  await keepEntry(table, { ...chat, at: now, id: 'a' }, said('old'));
  expect(await told(chat, 10, now + 14 * DAY_MS - 1_000)).toEqual(['old']);
  expect(await told(chat, 10, now + 14 * DAY_MS)).toEqual([]);
  await removeEntry(table, { ...chat, at: now, id: 'a' });
  expect(await told(chat)).toEqual([]);
});

test('all pages of a long history are shown, and erased with nothing of another chat', async () => {
  const [chat, other] = [someChat(), someChat()];
  await keepEntry(table, { ...other, at: now, id: 'a' }, said('other'));
  const keep = (at: number) =>
    keepEntry(table, { ...chat, at: now + at, id: 'a' }, said(String(at)));
  await Promise.all(Array.from({ length: 60 }, (_, at) => keep(at)));
  const first = await entriesOf(table, chat, { after: null, now });
  const second = await entriesOf(table, chat, { after: first.after, now });
  expect(first.entries[0]?.text).toBe('59');
  expect([...first.entries, ...second.entries]).toHaveLength(60);
  expect(second.after).toBeNull();
  await eraseHistory(table, chat);
  expect((await entriesOf(table, chat, { after: null, now })).entries).toEqual([]);
  expect(await told(other)).toEqual(['other']);
});
