import { expect, test } from 'vitest';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import type { ChatPlace } from '../../../../shared/store/chat/chat-upsert.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { noteWish } from '../../../../shared/store/chat/note-wish.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const HOUR = 3_600_000;
const chatOf = async ({ channelId, chatId }: ChatPlace) =>
  (await findChat(table, channelId, chatId, { consistent: true })) ?? expect.fail('no chat');
const says = (place: ChatPlace, wish: 'stop' | 'start' | null, hours: number) =>
  recordInbound(table, someInboundFacts(place, { wish, inboundAt: HEARD_AT + hours * HOUR }));

const word = (value: 'stop' | 'start', hours: number) => ({ value, at: HEARD_AT + hours * HOUR });

test('a stop word counts from its message on, in the one write that records the message', async () => {
  const place = somePlace();
  expect((await says(place, null, 0))?.stop_word).toBeNull();
  table.calls.splice(0);
  expect((await says(place, 'stop', 1))?.stop_word).toEqual(word('stop', 1));
  expect(table.calls).toEqual(['UpdateItem']);
  // Any other message does not take it back.
  expect((await says(place, null, 2))?.stop_word).toEqual(word('stop', 1));
  table.calls.splice(0);
  expect((await says(place, 'start', 3))?.stop_word).toEqual(word('start', 3));
  expect(table.calls).toEqual(['UpdateItem']);
  expect((await chatOf(place)).stop_word).toEqual(word('start', 3));
});

test('the first message of a new visitor may be a stop or a start word', async () => {
  expect((await says(somePlace(), 'stop', 0))?.stop_word).toEqual(word('stop', 0));
  expect((await says(somePlace(), 'start', 0))?.stop_word).toEqual(word('start', 0));
});

test('a repeat of an older message changes nothing: neither a stop that was taken back nor a start that was', async () => {
  const [one, other] = [somePlace(), somePlace()];
  await says(one, 'stop', 0);
  await says(one, 'start', 1);
  expect((await says(one, 'stop', 0))?.stop_word).toEqual(word('start', 1));
  await says(other, 'start', 0);
  await says(other, 'stop', 1);
  expect((await says(other, 'start', 0))?.stop_word).toEqual(word('stop', 1));
  // A repeat of their last message says the same once more.
  expect((await says(other, 'stop', 1))?.stop_word).toEqual(word('stop', 1));
});

test('a stop word counts although a newer message was recorded before it', async () => {
  const place = somePlace();
  await says(place, null, 2);
  expect(await says(place, 'stop', 1)).toMatchObject({
    stop_word: word('stop', 1),
    last_inbound_at: HEARD_AT + 2 * HOUR,
  });
  await says(place, null, 3);
  expect((await says(place, 'start', 0))?.stop_word).toEqual(word('stop', 1));
});

// biome-ignore format: a table reads by column
const wishes = [
  { what: 'a newer wish counts',                    value: 'resume', at: HEARD_AT + 1, is: 'resume' },
  { what: 'one of the same instant does not',      value: 'resume', at: HEARD_AT,     is: 'stop' },
  { what: 'an older one does not',                 value: 'resume', at: HEARD_AT - 1, is: 'stop' },
] as const;

test.each(wishes)('what the visitor told WhatsApp about marketing: $what', async ({
  value,
  at,
  is,
}) => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await noteWish(table, place, { marketing: { value: 'stop', at: HEARD_AT } });
  expect((await noteWish(table, place, { marketing: { value, at } }))?.marketing?.value).toBe(is);
  expect(await chatOf(place)).toMatchObject({
    marketing: { value: is },
    name: 'Anna',
    last_inbound_at: HEARD_AT - 1_000,
  });
});

test('of twenty wishes at once the newest counts', async () => {
  const place = somePlace();
  const times = Array.from({ length: 20 }, (_, at) => HEARD_AT + ((at * 7) % 20));
  await Promise.all(
    times.map((at) => noteWish(table, place, { marketing: { value: 'stop', at } })),
  );
  expect((await chatOf(place)).marketing).toEqual({ value: 'stop', at: HEARD_AT + 19 });
});

test('a wish of a visitor who never wrote makes a chat, whose dialog is closed and whose window never opened', async () => {
  const place = somePlace({ eventId: '' });
  expect(
    await noteWish(table, place, { marketing: { value: 'stop', at: HEARD_AT } }),
  ).toMatchObject({
    channel_chat_id: '491713920042|dialog360',
    phone: '491713920042',
    dialog: 'closed',
    last_inbound_at: null,
    marketing: { value: 'stop', at: HEARD_AT },
  });
});

test('a wish is not noted in an erased chat', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await markChatErased(table, { channel_id: place.channelId, id: place.chatId }, HEARD_AT);
  expect(await noteWish(table, place, { marketing: { value: 'stop', at: HEARD_AT } })).toBeNull();
});
