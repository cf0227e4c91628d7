import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText, flatText } from '../support/webhook-bodies.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ statuses: EVERY_STATUS });
});
afterAll(() => journey.stop());

test('of a flat v1 body the agent gets the chat id and all context variables, and the visitor gets the answer', async () => {
  const phone = '491713920042';
  const body = flatText({
    phone,
    text: 'Добрый день!',
    id: 'ABGGMR6soxcRj6BNG5lu',
    name: 'Анна Петрова',
  });
  expect(await journey.post(body)).toBe(200);
  await journey.runtime.idle();

  const [turn] = journey.agent.turns();
  expect(turn?.event).toMatchObject({
    version: 1,
    event: { type: 'message', attempt: 1 },
    channel: { id: journey.channel.id, title: 'Journey', connector: 'dialog360' },
    chat: { is_new: true, dialog: 'open', window: { open: true }, paused_until: null },
    message: { id: 'ABGGMR6soxcRj6BNG5lu', kind: 'text', text: 'Добрый день!' },
  });
  expect(turn?.event).toHaveProperty('context', {
    channel_chat_id: '491713920042|dialog360',
    channel_conversation_id: '491713920042',
    channel_visitor_id: '491713920042',
    channel_visitor_firstname: 'Анна Петрова',
    channel_visitor_lastname: 'Анна Петрова',
    channel_visitor_phone: '491713920042',
    channel_visitor_email: '',
    channel_visitor_account: '491713920042',
    channel_visitor_auth: '',
    channel_visitor_source: '',
    channel_message_id: 'ABGGMR6soxcRj6BNG5lu',
    client_message: 'Добрый день!',
  });
  expect(journey.received(phone).map(({ request }) => request.text)).toEqual([
    'You said: Добрый день!',
  ]);
});

test('a visitor whose messages come in both payload versions has one chat, which is new only once', async () => {
  const phone = '491713920055';
  await journey.post(cloudText({ phone, text: 'eins', id: 'wamid.first-1' }));
  await journey.runtime.idle();
  await journey.post(flatText({ phone, text: 'zwei', id: 'ABGG-first-2' }));
  await journey.runtime.idle();

  const chats = journey.agent
    .turns()
    .slice(-2)
    .map(({ event }) => ('chat' in event ? event.chat : null));
  expect(chats[0]?.id).toMatch(/^[0-9a-f]{40}$/);
  expect(chats[1]?.id).toBe(chats[0]?.id);
  expect(chats.map((chat) => chat?.is_new)).toEqual([true, false]);
});

test('statuses move the delivery forward to the furthest of them', async () => {
  const phone = '491713920066';
  await journey.post(cloudText({ phone, text: 'hallo', id: 'wamid.first-3' }));
  await journey.runtime.idle();

  const [sent] = journey.received(phone);
  const delivery = await until(async () => {
    const found = (await journey.items('DELIVERY#')).find(
      ({ parts }) =>
        (parts as Record<string, { message_id: string }>)[0]?.message_id === sent?.messageId,
    );
    return (found?.parts as Record<string, { status: string }>)[0]?.status === 'read' && found;
  });
  expect(delivery).toMatchObject({ part_count: 1, parts: { 0: { attempts: 1, code: null } } });
});

test('the time a visitor last wrote is that of the message, and an older message does not move it back', async () => {
  const phone = '491713920077';
  const sentAt = Date.now() - 3_600_000;
  await journey.post(cloudText({ phone, text: 'neu', id: 'wamid.first-4', sentAt }));
  await journey.runtime.idle();
  await journey.post(
    cloudText({ phone, text: 'alt', id: 'wamid.first-5', sentAt: sentAt - 60_000 }),
  );
  await journey.runtime.idle();

  const chat = (await journey.items('CHAT#')).find((item) => item.phone === phone);
  expect(chat?.last_inbound_at).toBe(Math.floor(sentAt / 1000) * 1000);
});

test('a reply to a visitor’s message of yesterday is refused, the agent is told, and nothing is sent', async () => {
  const phone = '491713920088';
  const sentAt = Date.now() - 24 * 3_600_000 - 60_000;
  await journey.post(cloudText({ phone, text: 'gestern', id: 'wamid.first-6', sentAt }));

  const told = await until(() =>
    journey.agent.requests.find(({ event }) => event.event.type === 'delivery'),
  );
  expect(told.event).toMatchObject({
    delivery: { status: 'refused', code: 'window-closed', part: 0, parts: 1 },
    chat: { window: { open: false } },
    context: { client_message: '', channel_visitor_phone: phone },
  });
  expect(journey.received(phone)).toEqual([]);
});
