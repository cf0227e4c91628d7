import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import type { NotificationAnswer } from '../../shared/contract/notification-request.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, meetAtFirstWrite, openClient } from '../support/journey-client.ts';
import { type JourneyNotifications, openNotifications } from '../support/journey-notifications.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { someTemplate } from '../support/some-template.ts';

let journey: Journey;
let client: JourneyClient;
let notifications: JourneyNotifications;
beforeAll(async () => {
  // Events the agent names come beside those it is always sent.
  journey = await startJourney({
    channel: { agent: { events: ['delivery:parked'] }, options: { agent_failed_text: 'Sorry!' } },
  });
  client = await openClient(journey);
  notifications = openNotifications(journey, client);
  tellUsual();
});
afterAll(() => journey.stop());
afterEach(() => tellUsual());

/** Without `read`, so that the agent's last event is `delivered`. */
function tellUsual() {
  journey.provider.statuses.tell = ['sent', 'delivered'];
}

const notify: JourneyNotifications['notify'] = (...asked) => notifications.notify(...asked);
const askedAbout = (chatId: string) => notifications.events(chatId);
const resultsOf = (chatId: string) => notifications.results(chatId);
const typesTo = ({ phone }: JourneyVisitor) =>
  journey.received(phone).map(({ request }) => request.type);

/** A new visitor who was notified, with nothing at work any more. */
async function notified(more = {}): Promise<JourneyVisitor & NotificationAnswer> {
  const visitor = meetVisitor(journey);
  const answer = await notify({ phone: `+${visitor.phone}` }, more);
  await journey.runtime.idle();
  return { ...visitor, ...answer };
}
const metaError = (code: number) =>
  json(400, { error: { message: `(#${code}) No`, code, error_data: { details: 'Nobody.' } } });

test('an unknown number that is notified gets a chat, the agent hears of the success, and its replies wait for the visitor', async () => {
  journey.agent.next({ replies: ['Any questions?', 'I am here.'] });
  const visitor = await notified({ request_id: 'order-4711' });
  expect(typesTo(visitor)).toEqual(['template']);
  expect(askedAbout(visitor.chat_id)).toEqual([
    expect.objectContaining({
      version: 1,
      event: expect.objectContaining({ type: 'notification', attempt: 1 }),
      channel: expect.objectContaining({ id: journey.channel.id }),
      chat: expect.objectContaining({
        id: visitor.chat_id,
        dialog: 'closed',
        window: { open: false, until: null },
      }),
      context: expect.objectContaining({
        channel_chat_id: `${visitor.phone}|dialog360`,
        channel_visitor_phone: visitor.phone,
        client_message: '',
      }),
      notification: {
        id: visitor.notification_id,
        request_id: 'order-4711',
        result: 'success',
        status: 'delivered',
        final: true,
      },
    }),
  ]);
  expect(visitor.news().map(({ status }) => status)).toEqual(['parked', 'parked']);
  const waiting = await client.ask('GET', `/chats/${visitor.chat_id}`);
  expect(waiting.body).toMatchObject({ parked: 2, last_inbound_at: null });

  await visitor.promptsAndWaits('You are welcome.');
  expect(visitor.turns().at(-1)?.chat).toMatchObject({ id: visitor.chat_id, is_new: false });
  expect(visitor.texts().slice(1)).toEqual(['Any questions?', 'I am here.', 'You are welcome.']);
});

test.each([
  { when: 'in the answer', fails: () => journey.provider.failNext(1, metaError(131026)) },
  { when: 'in a later status', fails: () => {} },
])('a notification to a number without WhatsApp, which the provider says $when, has the result no_account', async ({
  when,
  fails,
}) => {
  journey.provider.statuses.tell = ['sent'];
  fails();
  const visitor = await notified();
  const [message] = journey.received(visitor.phone);
  expect(message === undefined).toBe(when === 'in the answer');
  if (message) {
    expect(resultsOf(visitor.chat_id)).toEqual([]);
    await journey.provider.tellStatus(message, 'failed', [{ code: 131026, title: 'Nobody' }]);
    await journey.runtime.idle();
  }
  expect(resultsOf(visitor.chat_id)).toEqual([
    {
      id: visitor.notification_id,
      result: 'no_account',
      status: 'failed',
      final: true,
      code: 'provider-131026',
      reason: expect.any(String),
    },
  ]);
  const chat = await client.ask('GET', `/chats?phone=${visitor.phone}`);
  expect(chat.body.chat_id).toBe(visitor.chat_id);
});

test('a notification that failed for a passing reason is sent once more, and only that has the result', async () => {
  journey.provider.statuses.tell = ['sent'];
  const visitor = await notified();
  const [message] = journey.received(visitor.phone);
  if (!message) throw new Error('nothing was sent');
  journey.provider.statuses.tell = ['sent', 'delivered'];
  await journey.provider.tellStatus(message, 'failed', [{ code: 131000, title: 'Something' }]);
  await journey.runtime.idle();
  expect(typesTo(visitor)).toEqual(['template', 'template']);
  expect(resultsOf(visitor.chat_id)).toEqual([
    expect.objectContaining({ result: 'success', status: 'delivered', final: true }),
  ]);
});

test('a notification with a template that is not approved has the result fail', async () => {
  journey.provider.templates = [someTemplate('hello')];
  const visitor = await notified();
  journey.provider.templates = null;
  journey.provider.refusals.splice(0);
  expect(resultsOf(visitor.chat_id)).toEqual([
    expect.objectContaining({ result: 'fail', final: true, code: 'provider-132001' }),
  ]);
});

test('a notified visitor whose wa_id differs from the number has the same chat with their first message', async () => {
  const visitor = meetVisitor(journey);
  const dialled = `${visitor.phone.slice(0, 4)}9${visitor.phone.slice(4)}`;
  const remove = journey.provider.onSend(({ request, messageId }) =>
    request.phone === dialled
      ? json(200, {
          messaging_product: 'whatsapp',
          contacts: [{ input: request.input, wa_id: visitor.phone }],
          messages: [{ id: messageId }],
        })
      : undefined,
  );
  const { chat_id } = await notify({ phone: dialled });
  await journey.runtime.idle();
  remove();
  expect(resultsOf(chat_id)).toEqual([expect.objectContaining({ result: 'success' })]);
  await visitor.promptsAndWaits('So it is you.');
  expect(visitor.turns()[0]?.chat).toMatchObject({ id: chat_id, is_new: false });
  expect(visitor.turns()[0]?.context.channel_chat_id).toBe(`${dialled}|dialog360`);
  expect(visitor.texts()).toEqual(['So it is you.']);
  for (const phone of [dialled, visitor.phone]) {
    expect((await client.ask('GET', `/chats?phone=${phone}`)).body.chat_id).toBe(chat_id);
  }
});

test('when the phone is off until the time is up the result is a success that is not final, and later statuses make no second result', async () => {
  journey.provider.statuses.tell = ['sent'];
  const visitor = await notified();
  expect(resultsOf(visitor.chat_id)).toEqual([]);
  await notifications.endTime(visitor.reply_id);
  const [result] = await until(() => {
    const results = resultsOf(visitor.chat_id);
    return results.length > 0 && results;
  });
  expect(result).toEqual({
    id: visitor.notification_id,
    result: 'success',
    status: 'sent',
    final: false,
  });
  const [message] = journey.received(visitor.phone);
  if (!message) throw new Error('nothing was sent');
  for (const status of ['delivered', 'read'] as const) {
    await journey.provider.tellStatus(message, status);
  }
  await journey.runtime.idle();
  expect(resultsOf(visitor.chat_id)).toHaveLength(1);
  const shown = await client.ask('GET', `/replies/${visitor.reply_id}`);
  expect(shown.body).toMatchObject({ parts: [{ status: 'read' }] });
});

test('two hundred notifications at once under one key are one message and one event', async () => {
  const visitor = meetVisitor(journey);
  const headers = { 'idempotency-key': 'parcel-4711' };
  const haveMet = meetAtFirstWrite(journey);
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => notify({ phone: visitor.phone }, {}, headers)),
  );
  await journey.runtime.idle();
  const [first] = answers;
  expect(haveMet()).toBe(true);
  expect(answers).toEqual(Array(200).fill(first));
  expect(typesTo(visitor)).toEqual(['template']);
  expect(resultsOf(first?.chat_id ?? '')).toHaveLength(1);
});

test('while a person has the chat a notification is sent all the same, and the agent gets its result', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  const chat_id = visitor.turns()[0]?.chat.id ?? '';
  await client.ask('POST', `/chats/${chat_id}/pause`, { minutes: 30 });
  journey.agent.next({ replies: ['Your parcel is here.'] });
  await notify({ chat_id });
  await journey.runtime.idle();
  expect(askedAbout(chat_id)[0]?.chat.paused_until).not.toBeNull();
  expect(visitor.texts().at(-1)).toBe('Your parcel is here.'); // the window is open
});

test('an agent that is down is sent the result again under the same id, and one that refuses it leaves a dead letter', async () => {
  journey.agent.next({ status: 503, headers: { 'retry-after': '1' } }, { replies: [] });
  const patient = await notified();
  const events = askedAbout(patient.chat_id).map(({ event }) => event);
  expect(events.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(1);

  journey.agent.next({ status: 400 });
  const { chat_id } = await notified({ request_id: 'order-13' });
  const [asked] = askedAbout(chat_id);
  const letters = await journey.items(`DEAD#${journey.channel.id}`);
  const letter = letters.find(({ id }) => id === asked?.event.id);
  expect(letter).toMatchObject({ queue: 'inbound', code: 'agent-rejected' });
  expect(String(letter?.job)).toContain('order-13');
  // The visitor has not written, so agent_failed_text is not sent.
  expect((await client.ask('GET', `/chats/${chat_id}`)).body).toMatchObject({ parked: 0 });
});

test('when the chat is erased before a notification has its result, the agent is not asked', async () => {
  journey.provider.statuses.tell = ['sent'];
  const visitor = await notified();
  const [message] = journey.received(visitor.phone);
  if (!message) throw new Error('nothing was sent');
  await client.ask('DELETE', `/chats/${visitor.chat_id}`);
  await journey.provider.tellStatus(message, 'delivered');
  await notifications.endTime(visitor.reply_id);
  await until(async () => !(await notifications.isWaiting(visitor.reply_id)));
  await journey.runtime.idle();
  expect(askedAbout(visitor.chat_id)).toEqual([]);
});
