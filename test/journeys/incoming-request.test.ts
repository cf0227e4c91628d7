import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney();
  client = await openClient(journey);
});
afterAll(() => journey.stop());

type RequestEvent = Extract<AgentEvent, { request: unknown }>;
const requestsTo = (chatId: string) =>
  journey.agent.requests.flatMap(({ event }): RequestEvent[] =>
    'request' in event && event.chat.id === chatId ? [event] : [],
  );
const chatOf = (visitor: JourneyVisitor) => visitor.turns().at(-1)?.chat.id ?? '';
/** A visitor who said hello; the agent's answer may close the dialog. */
async function known(dialog = 'open') {
  const visitor = meetVisitor(journey);
  journey.agent.next({ replies: ['Hello'], dialog });
  await visitor.says('hello');
  await journey.runtime.idle();
  return { ...visitor, chatId: chatOf(visitor) };
}

test('an Incoming Request to an open chat reaches the agent, and its replies go to the visitor', async () => {
  const visitor = await known();
  journey.agent.next({ replies: ['Your order is on its way.'] });
  const { status, body } = await client.request(
    { order: 4711, is_urgent: true },
    { query: `chat_id=${visitor.chatId}&shop=berlin` },
  );
  expect(status).toBe(202);
  await journey.runtime.idle();
  expect(requestsTo(visitor.chatId)).toEqual([
    expect.objectContaining({
      version: 1,
      event: expect.objectContaining({ id: body.event_id, type: 'incoming_request', attempt: 1 }),
      channel: expect.objectContaining({ id: journey.channel.id }),
      chat: expect.objectContaining({ id: visitor.chatId, is_new: false, dialog: 'open' }),
      context: expect.objectContaining({
        channel_chat_id: `${visitor.phone}|dialog360`,
        channel_visitor_phone: visitor.phone,
        client_message: '',
      }),
      request: {
        body: { order: 4711, is_urgent: true },
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
        query: { chat_id: visitor.chatId, shop: 'berlin' },
        is_urgent: true,
      },
    }),
  ]);
  expect(visitor.texts()).toEqual(['Hello', 'Your order is on its way.']);
});

test('with an Incoming Request to a closed chat the agent sees that it is closed', async () => {
  const visitor = await known('close');
  journey.agent.next({ replies: ['News!'] });
  await client.request(undefined, { method: 'GET', query: `chat_id=${visitor.chatId}` });
  await journey.runtime.idle();
  expect(requestsTo(visitor.chatId)[0]).toMatchObject({
    chat: { dialog: 'closed', window: { open: true } },
    request: { body: {}, is_urgent: false },
  });
  expect(visitor.texts()).toEqual(['Hello', 'News!']);
});

test('an Incoming Request to an unknown chat is answered 404, and the agent is not asked', async () => {
  const asked = journey.agent.requests.length;
  const answer = await client.request({ chat_id: 'f'.repeat(40) });
  expect(answer).toMatchObject({ status: 404, body: { code: 'chat-unknown' } });
  await journey.runtime.idle();
  expect(journey.agent.requests).toHaveLength(asked);
});

test('a channel may refuse Incoming Requests while a dialog is open, unless they are urgent', async () => {
  const visitor = await known();
  await editChannel(journey, { options: { incoming_request_when_open: 'refuse' } });
  const refused = await client.request({ chat_id: visitor.chatId });
  const urgent = await client.request({ chat_id: visitor.chatId, is_urgent: true });
  await editChannel(journey, { options: { incoming_request_when_open: 'deliver' } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'dialog-open' } });
  expect(urgent.status).toBe(202);
  await journey.runtime.idle();
});

test('an Incoming Request waits for the visitor’s current turn and for those queued before it', async () => {
  const visitor = await known();
  const order: string[] = [];
  journey.agent.next(
    async () => {
      for (const step of [1, 2]) await client.request({ chat_id: visitor.chatId, step });
      await visitor.says('and another thing');
      order.push('slow turn');
      return { replies: ['slow answer'] };
    },
    () => {
      order.push('request 1');
      return { replies: ['news 1'] };
    },
    () => {
      order.push('request 2');
      return { replies: ['news 2'] };
    },
    () => {
      order.push('next turn');
      return { replies: ['next answer'] };
    },
  );
  await visitor.says('a long story');
  await journey.runtime.idle();
  expect(order).toEqual(['slow turn', 'request 1', 'request 2', 'next turn']);
  const steps = requestsTo(visitor.chatId).map(({ request }) => request.body);
  expect(steps.map((body) => (body as { step: number }).step)).toEqual([1, 2]);
  expect(visitor.texts()).toEqual(['Hello', 'slow answer', 'news 1', 'news 2', 'next answer']);
});

test('when the chat is erased before an Incoming Request’s turn, the agent is not asked', async () => {
  const visitor = await known();
  const asked = journey.agent.requests.length;
  journey.agent.next(async () => {
    await client.request({ chat_id: visitor.chatId });
    await client.ask('DELETE', `/chats/${visitor.chatId}`);
    return { replies: ['too late'] };
  });
  await visitor.says('forget me');
  await journey.runtime.idle();
  expect(journey.agent.requests).toHaveLength(asked + 1);
  expect(visitor.texts()).toEqual(['Hello']);
});

test('a body over 64 KB is replaced by an empty one, and the agent still gets the Incoming Request', async () => {
  const visitor = await known();
  journey.agent.next({ replies: ['Something happened.'] });
  const { status } = await client.request(
    { pad: 'x'.repeat(70_000) },
    { query: `chat_id=${visitor.chatId}` },
  );
  expect(status).toBe(202);
  await journey.runtime.idle();
  expect(requestsTo(visitor.chatId)[0]?.request.body).toEqual({});
  expect(visitor.texts()).toEqual(['Hello', 'Something happened.']);
});

test('an agent that is down is sent the Incoming Request again, under the same id', async () => {
  const visitor = await known();
  journey.agent.next({ status: 503, headers: { 'retry-after': '1' } }, { replies: ['At last.'] });
  await client.request({ chat_id: visitor.chatId });
  await journey.runtime.idle();
  const events = requestsTo(visitor.chatId).map(({ event }) => event);
  expect(events.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  expect(visitor.texts()).toEqual(['Hello', 'At last.']);
});

test('an Incoming Request that the agent refuses is kept as a dead letter, as a message is', async () => {
  const visitor = await known();
  journey.agent.next({ status: 400 });
  const { body } = await client.request({ chat_id: visitor.chatId, order: 13 });
  await journey.runtime.idle();
  const letters = await journey.items(`DEAD#${journey.channel.id}`);
  const letter = letters.find(({ id }) => id === body.event_id);
  expect(letter).toMatchObject({ queue: 'inbound', code: 'agent-rejected', attempts: 1 });
  expect(String(letter?.job)).toContain('"order":13');
});

test('while a person has the chat the agent gets Incoming Requests and answers them all the same', async () => {
  const visitor = await known();
  await client.ask('POST', `/chats/${visitor.chatId}/pause`, { minutes: 30 });
  journey.agent.next({ replies: ['Your parcel is here.'] });
  await client.request({ chat_id: visitor.chatId });
  await journey.runtime.idle();
  expect(requestsTo(visitor.chatId)[0]?.chat.paused_until).not.toBeNull();
  expect(visitor.texts()).toEqual(['Hello', 'Your parcel is here.']);
});

test('replies to an Incoming Request are refused outside the window, as any others', async () => {
  const visitor = meetVisitor(journey);
  const template = { type: 'template', name: 'hello', language: 'en' };
  const { body } = await client.ask('POST', '/messages', {
    to: { phone: visitor.phone },
    replies: [template],
  });
  journey.agent.next({ replies: ['Too early.', template] });
  const { status } = await client.request({ channel_chat_id: `${visitor.phone}|dialog360` });
  expect(status).toBe(202);
  await journey.runtime.idle();
  expect(requestsTo(String(body.chat_id))).toHaveLength(1);
  expect(visitor.news()).toEqual([expect.objectContaining({ status: 'refused' })]);
  const types = journey.received(visitor.phone).map(({ request }) => request.type);
  expect(types).toEqual(['template', 'template']);
});
