import { expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { findAlias } from '../../../../shared/store/chat/aliases.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { findChatBy } from '../../../../shared/store/chat/find-chat-by.ts';
import { inChatOf, learnBsuid } from '../../../../shared/store/chat/find-or-make-chat.ts';
import { keepNames } from '../../../../shared/store/chat/keep-names.ts';
import { makeChat } from '../../../../shared/store/chat/make-chat.ts';
import { noteWish } from '../../../../shared/store/chat/note-wish.ts';
import { pauseUntil } from '../../../../shared/store/chat/pause-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { noteTurn } from '../../../../shared/store/chat/turns-of-chat.ts';
import { aliasKey, chatKey } from '../../../../shared/store/keys.ts';
import { someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const DAY = 24 * 60 * 60;
const START = Date.parse('2026-11-22T10:00:00Z');
let made = 0;
let ids = 0;
const newId = () => String(++ids).padStart(40, '0');
const someone = () => {
  made += 1;
  return { phone: `4917140${String(made).padStart(5, '0')}`, bsuid: `DE.95${made}` };
};
type Names = ReturnType<typeof someone>;

/** The visitor writes at `now`, in a channel with this option. */
async function says(names: Names, now: number, days: number | null, wish?: 'stop' | 'start') {
  const maker = { table, now: () => now, newChatId: newId };
  const home = { channelId: 'ch_1', forgetAfterDays: days };
  const chat = await inChatOf(maker, home, names, (chatId) =>
    recordInbound(
      table,
      someInboundFacts(
        { ...home, chatId, ...names, eventId: `evt_${now}`, now },
        { wish: wish ?? null },
      ),
    ),
  );
  return chat.bsuid === names.bsuid ? chat : learnBsuid(maker, chat, names.bsuid);
}
const row = ({ id }: Pick<Chat, 'id'>) => table.look(chatKey('ch_1', id));
const aliasOf = (kind: 'phone' | 'bsuid', names: Names) =>
  table.look(aliasKey('ch_1', kind, names[kind]));
const ends = async (names: Names) => [
  (await aliasOf('phone', names))?.expires_at,
  (await aliasOf('bsuid', names))?.expires_at,
];

test('without the option nothing ends, and a message costs what it cost before', async () => {
  const names = someone();
  const chat = await says(names, START, null);
  expect(await ends(names)).toEqual([undefined, undefined]);
  expect(await row(chat)).not.toHaveProperty('expires_at');
  table.calls.splice(0);
  await says(names, START + 1_000, null);
  expect(table.calls).toEqual(['GetItem', 'UpdateItem']);
});

test('each message moves the end of the chat on, and its names end after it, written once a day', async () => {
  const names = someone();
  const at = START / 1000;
  const chat = await says(names, START, 14);
  expect(await row(chat)).toMatchObject({ expires_at: at + 14 * DAY });
  expect(await ends(names)).toEqual([at + 15 * DAY, at + 15 * DAY]);

  table.calls.splice(0);
  await says(names, START + 3_600_000, 14);
  expect(table.calls).toEqual(['GetItem', 'UpdateItem']);
  expect(await row(chat)).toMatchObject({ expires_at: at + 14 * DAY + 3_600 });

  const later = START + 2 * DAY * 1000;
  await says(names, later, 14);
  expect(await row(chat)).toMatchObject({ expires_at: later / 1000 + 14 * DAY });
  expect(await ends(names)).toEqual(Array(2).fill(later / 1000 + 15 * DAY));
});

test('a chat whose time is over is found by no reader, and the next message begins a new one', async () => {
  const names = someone();
  const long = START - 40 * DAY * 1000;
  const old = await says(names, long, 14);
  expect(await findChat(table, 'ch_1', old.id)).toBeNull();
  for (const [kind, value] of Object.entries(names) as ['phone' | 'bsuid', string][]) {
    expect(await findAlias(table, { channelId: 'ch_1', kind, value })).toBeNull();
    expect(await findChatBy(table, 'ch_1', { kind, value })).toBeNull();
  }
  expect(await noteTurn(table, old, 'evt_x', START)).toBeNull();
  const fresh = await says(names, START, 14);
  expect(fresh.id).not.toBe(old.id);
  expect(fresh.first_event_id).toBe(`evt_${START}`);
  expect(await row(old)).not.toMatchObject({ last_inbound_at: START - 1_000 });
});

test('in the day in which only the names are left they lead to a new chat', async () => {
  const names = someone();
  const old = await says(names, START, 14);
  const between = START + 14 * DAY * 1000 + 3_600_000;
  const fresh = await says(names, between, 14);
  expect(fresh.id).not.toBe(old.id);
  expect(await aliasOf('phone', names)).toMatchObject({ chat_id: fresh.id });
});

test.each([
  { what: 'makes it', write: makeChat },
  {
    what: 'pauses it',
    write: (to: typeof table, place: ReturnType<typeof somePlace>) =>
      pauseUntil(to, place, place.now + 1),
  },
  {
    what: 'notes a wish',
    write: (to: typeof table, place: ReturnType<typeof somePlace>) =>
      noteWish(to, place, { marketing: { value: 'resume', at: place.now } }),
  },
])('a write that $what sets its end, and does nothing once that is over', async ({ write }) => {
  const place = somePlace({ now: START - 40 * DAY * 1000, forgetAfterDays: 14 });
  expect(await write(table, place)).toMatchObject({
    expires_at: place.now / 1000 + 14 * DAY,
    names_until: place.now / 1000 + 15 * DAY,
  });
  expect(await write(table, { ...place, now: START })).toBeNull();
});

test('when the option is switched off the next message keeps the chat and its names', async () => {
  const names = someone();
  const chat = await says(names, START, 14);
  await says(names, START + 1_000, null);
  const kept = await row(chat);
  expect(kept).not.toHaveProperty('expires_at');
  expect(kept).not.toHaveProperty('names_until');
  expect(await ends(names)).toEqual([undefined, undefined]);
});

test('a shorter time shortens the names’ as well', async () => {
  const names = someone();
  await says(names, START, 100);
  await says(names, START + 1_000, 20);
  expect(await ends(names)).toEqual(Array(2).fill(START / 1000 + 1 + 21 * DAY));
});

test('a visitor who opted out is not forgotten until they opt in again', async () => {
  const names = someone();
  await says(names, START, 14);
  const chat = await says(names, START + 1_000, 14, 'stop');
  expect(await row(chat)).not.toHaveProperty('expires_at');
  expect(await ends(names)).toEqual([undefined, undefined]);
  await says(names, START + 2_000, 14);
  expect(await row(chat)).not.toHaveProperty('expires_at');
  await says(names, START + 3_000, 14, 'start');
  expect(await row(chat)).toMatchObject({ expires_at: START / 1000 + 3 + 14 * DAY });
  expect(await ends(names)).toEqual(Array(2).fill(START / 1000 + 3 + 15 * DAY));
});

test('when the names are put in step before the row is written, a death in between leaves them longer than the row', async () => {
  const names = someone();
  const { id } = await says(names, START, 14);
  const chat = (await findChat(table, 'ch_1', id)) ?? expect.fail('no chat');
  const end = START / 1000 + 30 * DAY;
  await keepNames(table, chat, end);
  expect(await ends(names)).toEqual(Array(2).fill(end + DAY));
  expect(await row(chat)).toMatchObject({ expires_at: START / 1000 + 14 * DAY });
});
