import { expect, test } from 'vitest';
import type { ChatPlace } from '../../../../shared/store/chat/chat-upsert.ts';
import { closeDialog } from '../../../../shared/store/chat/close-dialog.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { noteSending } from '../../../../shared/store/chat/note-sending.ts';
import { countMissed, pauseChat } from '../../../../shared/store/chat/pause-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { renameChat } from '../../../../shared/store/chat/rename-chat.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const HOUR = 3_600_000;
const chatOf = async ({ channelId, chatId }: ChatPlace) =>
  (await findChat(table, channelId, chatId, { consistent: true })) ?? expect.fail('no chat');
const lies = ({ channelId, chatId }: ChatPlace) => table.look(chatKey(channelId, chatId));
const idOf = ({ channelId, chatId }: ChatPlace) => ({ channel_id: channelId, id: chatId });

test('a pause is set, made longer, and never shortened', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  const untils = [HOUR, 2 * HOUR, HOUR, 0, 2 * HOUR].map((ms) => HEARD_AT + ms);
  const seen: (number | null | undefined)[] = [];
  for (const until of untils) seen.push((await pauseChat(table, place, until))?.paused_until);
  expect(seen).toEqual([1, 2, 2, 2, 2].map((hours) => HEARD_AT + hours * HOUR));
});

test('of twenty pauses at once the longest stands', async () => {
  const place = somePlace();
  const untils = Array.from({ length: 20 }, (_, at) => HEARD_AT + ((at * 7) % 20) * HOUR);
  await Promise.all(untils.map((until) => pauseChat(table, place, until)));
  expect((await chatOf(place)).paused_until).toBe(HEARD_AT + 19 * HOUR);
});

test('a person who writes first makes the chat: not open, never heard from, known by name', async () => {
  const place = somePlace();
  expect(await pauseChat(table, place, HEARD_AT + HOUR)).toMatchObject({
    channel_chat_id: '491713920042|dialog360',
    phone: '491713920042',
    bsuid: null,
    first_event_id: 'evt_1',
    dialog: 'closed',
    last_inbound_at: null,
    paused_until: HEARD_AT + HOUR,
  });
  const unnamed = await pauseChat(table, somePlace({ phone: null }), HEARD_AT + HOUR);
  expect(unnamed).toMatchObject({ phone: null, bsuid: 'DE.7340021985561204' });
});

test('a pause and a message in either order come to the same', async () => {
  const [one, other] = [somePlace(), somePlace()];
  await recordInbound(table, someInboundFacts(one));
  await pauseChat(table, one, HEARD_AT + HOUR);
  await pauseChat(table, other, HEARD_AT + HOUR);
  await recordInbound(table, someInboundFacts(other));
  const apart = { id: '', pk: '', bsuid: null };
  expect({ ...(await chatOf(other)), ...apart }).toEqual({ ...(await chatOf(one)), ...apart });
});

test('another spelling of the number, in the app, does not rename the chat', async () => {
  const place = somePlace({ phone: '559281723241' });
  await recordInbound(table, someInboundFacts(place));
  const spelled = { ...place, phone: '5592981723241' };
  expect(await pauseChat(table, spelled, HEARD_AT + HOUR)).toMatchObject({ phone: '559281723241' });
});

test('new names are written where there is a chat; an unknown chat is not made by them', async () => {
  const [place, nowhere] = [somePlace(), somePlace()];
  await recordInbound(table, someInboundFacts(place));
  await renameChat(table, idOf(place), { phone: '4915112345678', bsuid: 'DE.2', wa_id: '49151' });
  const names = { phone: '4915112345678', bsuid: 'DE.2', wa_id: '49151' };
  expect(await chatOf(place)).toMatchObject({
    ...names,
    channel_chat_id: '491713920042|dialog360',
  });

  await renameChat(table, idOf(nowhere), { phone: '1' });
  await countMissed(table, idOf(nowhere), 1);
  await closeDialog(table, idOf(nowhere), HEARD_AT);
  await noteSending(table, idOf(nowhere), { pace_at: HEARD_AT });
  expect(await lies(nowhere)).toBeNull();
});

test('a name that is not known takes none away, and nothing to say asks nobody', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  table.calls.splice(0);
  await renameChat(table, idOf(place), { phone: null });
  await renameChat(table, idOf(place), {});
  await noteSending(table, idOf(place), {});
  expect(table.calls).toEqual([]);
  expect((await chatOf(place)).phone).toBe('491713920042');
});

test('missed messages are counted, also at once, and given back', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await Promise.all(Array.from({ length: 20 }, () => countMissed(table, idOf(place), 1)));
  expect((await chatOf(place)).missed).toBe(20);
  await countMissed(table, idOf(place), -20);
  expect((await chatOf(place)).missed).toBe(0);
});

// biome-ignore format: a table reads by column
const closings = [
  { when: 'nobody said anything since',                 since: HEARD_AT,     is: 'closed' },
  { when: 'the answer came later than the message',     since: HEARD_AT + 1, is: 'closed' },
  { when: 'the user wrote again meanwhile',             since: HEARD_AT - 1, is: 'open' },
];

test.each(closings)('the agent closes the dialog and $when: $is', async ({ since, is }) => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await closeDialog(table, idOf(place), since);
  await closeDialog(table, idOf(place), since);
  expect((await chatOf(place)).dialog).toBe(is);
});

test('the next message opens a closed dialog again', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await closeDialog(table, idOf(place), HEARD_AT);
  expect(
    (await recordInbound(table, someInboundFacts({ ...place, now: HEARD_AT + 1 })))?.dialog,
  ).toBe('open');
});

test('what sending leaves behind is written over, one fact without the others', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  const wait = { reply_id: 'rep_1', part: 0, until: HEARD_AT + 3_000 };
  await noteSending(table, idOf(place), { pace_at: HEARD_AT, media_wait: wait });
  await noteSending(table, idOf(place), { pace_at: HEARD_AT + 6_000 });
  expect(await chatOf(place)).toMatchObject({
    pace_at: HEARD_AT + 6_000,
    media_wait: wait,
    menu: null,
  });
  await noteSending(table, idOf(place), { media_wait: null });
  expect((await chatOf(place)).media_wait).toBeNull();
});
