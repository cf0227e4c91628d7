import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChatPlace } from '../../../../shared/store/chat/chat-upsert.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const HOUR = 3_600_000;
const chatOf = async ({ channelId, chatId }: ChatPlace) =>
  (await findChat(table, channelId, chatId, { consistent: true })) ?? expect.fail('no chat');
const lies = ({ channelId, chatId }: ChatPlace) => table.look(chatKey(channelId, chatId));

test('the first message makes the chat, complete and with an open dialog', async () => {
  const place = somePlace();
  expect(await findChat(table, place.channelId, place.chatId)).toBeNull();
  table.calls.splice(0);
  const chat = await recordInbound(table, someInboundFacts(place));
  expect(table.calls).toEqual(['UpdateItem']);

  expect(chat).toMatchObject({
    channel_id: 'ch_1',
    id: place.chatId,
    channel_chat_id: '491713920042|dialog360',
    phone: '491713920042',
    bsuid: null, // learnt only when its alias leads to this chat
    wa_id: null,
    username: '@anna',
    name: 'Anna',
    created_at: HEARD_AT,
    first_event_id: 'evt_1',
    last_inbound_at: HEARD_AT - 1_000,
    dialog: 'open',
    dialog_at: HEARD_AT,
    paused_until: null,
    missed: 0,
    parked: [],
  });
  expect(await chatOf(place)).toEqual(chat);
  expect(await lies(place)).not.toHaveProperty('expires_at'); // a chat is permanent
});

test('repeating a message changes nothing, nor do twenty repeats at once', async () => {
  const place = somePlace();
  const first = await recordInbound(table, someInboundFacts(place));
  expect(await recordInbound(table, someInboundFacts(place))).toEqual(first);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => recordInbound(table, someInboundFacts(place))),
  );
  expect(all).toEqual(Array(20).fill(first));
});

test('what made the chat is frozen: channel_chat_id, the first event and the time', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  const later = { ...place, phone: '4915112345678', eventId: 'evt_2', now: HEARD_AT + HOUR };
  expect(
    await recordInbound(table, someInboundFacts(later, { inboundAt: HEARD_AT + HOUR })),
  ).toMatchObject({
    channel_chat_id: '491713920042|dialog360',
    first_event_id: 'evt_1',
    created_at: HEARD_AT,
    phone: '4915112345678',
  });
});

test('of twenty first messages at once one makes the chat, and all are given the same one', async () => {
  const place = somePlace();
  const chats = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      recordInbound(table, someInboundFacts({ ...place, eventId: `evt_${at}` })),
    ),
  );
  const firsts = new Set(chats.map((chat) => chat?.first_event_id));
  expect(firsts.size).toBe(1);
  expect((await chatOf(place)).first_event_id).toBe([...firsts][0]);
});

test('a visitor without a phone keeps the BSUID in channel_chat_id for good', async () => {
  const place = somePlace({ phone: null });
  expect(await recordInbound(table, someInboundFacts(place))).toMatchObject({
    channel_chat_id: 'DE.7340021985561204|dialog360',
    phone: null,
  });
  const shown = await recordInbound(table, someInboundFacts({ ...place, phone: '491713920042' }));
  expect(shown).toMatchObject({
    channel_chat_id: 'DE.7340021985561204|dialog360',
    phone: '491713920042',
  });
});

test('facts that a message does not mention stay as they were', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  const quiet = someInboundFacts(
    { ...place, phone: null },
    { name: '', username: null, inboundAt: HEARD_AT },
  );
  expect(await recordInbound(table, quiet)).toMatchObject({
    phone: '491713920042',
    name: 'Anna',
    username: '@anna',
    last_inbound_at: HEARD_AT,
  });
});

// biome-ignore format: a table reads by column
const arrivals = [
  { what: 'a newer message moves it on',                  inboundAt: HEARD_AT + 1,        is: HEARD_AT + 1, writes: 1 },
  { what: 'a repeat of it keeps it',                            inboundAt: HEARD_AT,            is: HEARD_AT,     writes: 2 },
  { what: 'a repeat of an older one does not move it back', inboundAt: HEARD_AT - 1,      is: HEARD_AT,     writes: 2 },
  { what: 'a repeat six days old does not either',        inboundAt: HEARD_AT - 144 * HOUR, is: HEARD_AT,   writes: 2 },
  { what: 'an event that opens no window leaves it',      inboundAt: null,           is: HEARD_AT,     writes: 1 },
];

test.each(arrivals)('the last inbound time: $what', async ({ inboundAt, is, writes }) => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place, { inboundAt: HEARD_AT }));
  table.calls.splice(0);
  const chat = await recordInbound(
    table,
    someInboundFacts(place, { inboundAt, name: 'Anna Maria' }),
  );
  expect(table.calls).toEqual(Array(writes).fill('UpdateItem'));
  expect(chat).toMatchObject({ last_inbound_at: is, name: 'Anna Maria', dialog: 'open' });
  expect(await chatOf(place)).toEqual(chat);
});

test('a repeat of a message, and a second one within the same second, keep what was heard before', async () => {
  const place = somePlace();
  const hear = (eventId: string, inboundAt: number, wish: 'stop' | 'start' | null = null) =>
    recordInbound(table, someInboundFacts({ ...place, eventId }, { inboundAt, wish }));
  await hear('evt_0', HEARD_AT - HOUR);
  const before = { last_inbound_at: HEARD_AT, inbound_before: HEARD_AT - HOUR };
  expect(await hear('evt_1', HEARD_AT, 'start')).toMatchObject(before);
  expect(await hear('evt_1', HEARD_AT, 'start')).toMatchObject(before);
  // Of two words within one second the one that was read later counts.
  const second = {
    last_inbound_at: HEARD_AT,
    inbound_before: HEARD_AT,
    inbound_earlier: HEARD_AT - HOUR,
    stop_word: { value: 'stop', at: HEARD_AT },
  };
  table.calls.splice(0);
  expect(await hear('evt_2', HEARD_AT, 'stop')).toMatchObject(second);
  expect(table.calls).toEqual(['UpdateItem']);
  expect(await hear('evt_2', HEARD_AT, 'stop')).toMatchObject(second);
  expect(await hear('evt_3', HEARD_AT + 1_000)).toMatchObject({
    last_inbound_at: HEARD_AT + 1_000,
    inbound_before: HEARD_AT,
    inbound_earlier: HEARD_AT,
  });
});

test('an event that opens no window makes a chat whose window never opened', async () => {
  const chat = await recordInbound(table, someInboundFacts(somePlace(), { inboundAt: null }));
  expect(chat?.last_inbound_at).toBeNull();
});

test('in whatever order messages are recorded, also at once, the newest time counts', async () => {
  const times = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(times, fc.boolean(), async (times, atOnce) => {
      const place = somePlace();
      const tell = (inboundAt: number | null) =>
        recordInbound(table, someInboundFacts(place, { inboundAt }));
      let seen = -1;
      if (atOnce) await Promise.all(times.map(tell));
      else {
        for (const time of times) {
          const last = (await tell(time))?.last_inbound_at ?? -1;
          expect(last).toBeGreaterThanOrEqual(seen);
          seen = last;
        }
      }
      const newest = Math.max(...times.map((time) => time ?? -1));
      expect((await chatOf(place)).last_inbound_at ?? -1).toBe(newest);
    }),
    { numRuns: 25 },
  );
});
