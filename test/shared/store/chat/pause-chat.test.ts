import { expect, test } from 'vitest';
import type { ChatPlace } from '../../../../shared/store/chat/chat-upsert.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { countMissed, pauseUntil } from '../../../../shared/store/chat/pause-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const HOUR = 3_600_000;
const chatOf = async ({ channelId, chatId }: ChatPlace) =>
  (await findChat(table, channelId, chatId, { consistent: true })) ?? expect.fail('no chat');
const idOf = ({ channelId, chatId }: ChatPlace) => ({ channel_id: channelId, id: chatId });

test('a pause is set, made longer, and never shortened', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  const untils = [HOUR, 2 * HOUR, HOUR, 0, 2 * HOUR].map((ms) => HEARD_AT + ms);
  const seen: (number | null | undefined)[] = [];
  for (const until of untils) seen.push((await pauseUntil(table, place, until))?.paused_until);
  expect(seen).toEqual([1, 2, 2, 2, 2].map((hours) => HEARD_AT + hours * HOUR));
});

test('of twenty pauses at once the longest counts', async () => {
  const place = somePlace();
  const untils = Array.from({ length: 20 }, (_, at) => HEARD_AT + ((at * 7) % 20) * HOUR);
  await Promise.all(untils.map((until) => pauseUntil(table, place, until)));
  expect((await chatOf(place)).paused_until).toBe(HEARD_AT + 19 * HOUR);
});

test('a person who writes from the app first makes the chat: its dialog closed, the visitor has never written, with its name', async () => {
  const place = somePlace();
  expect(await pauseUntil(table, place, HEARD_AT + HOUR)).toMatchObject({
    channel_chat_id: '491713920042|dialog360',
    phone: '491713920042',
    bsuid: null,
    first_event_id: 'evt_1',
    dialog: 'closed',
    last_inbound_at: null,
    paused_until: HEARD_AT + HOUR,
  });
  const unnamed = await pauseUntil(table, somePlace({ phone: null }), HEARD_AT + HOUR);
  expect(unnamed).toMatchObject({ phone: null, bsuid: 'DE.7340021985561204' });
});

test('a pause and a message have the same result in either order', async () => {
  const [one, other] = [somePlace(), somePlace()];
  await recordInbound(table, someInboundFacts(one));
  await pauseUntil(table, one, HEARD_AT + HOUR);
  await pauseUntil(table, other, HEARD_AT + HOUR);
  await recordInbound(table, someInboundFacts(other));
  const apart = { id: '', pk: '', bsuid: null };
  expect({ ...(await chatOf(other)), ...apart }).toEqual({ ...(await chatOf(one)), ...apart });
});

test('another spelling of the number in the app does not change the chat’s phone', async () => {
  const place = somePlace({ phone: '559281723241' });
  await recordInbound(table, someInboundFacts(place));
  const spelled = { ...place, phone: '5592981723241' };
  expect(await pauseUntil(table, spelled, HEARD_AT + HOUR)).toMatchObject({
    phone: '559281723241',
  });
});

test('missed messages are counted, also at once, and the count is taken back', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await Promise.all(Array.from({ length: 20 }, () => countMissed(table, idOf(place), 1)));
  expect((await chatOf(place)).missed).toBe(20);
  await countMissed(table, idOf(place), -20);
  expect((await chatOf(place)).missed).toBe(0);
});
