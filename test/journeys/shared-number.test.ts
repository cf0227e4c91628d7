import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { isWorkerWrite, killOnce } from '../support/kill-once.ts';
import { cloudMessage } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({ channel: { agent: { events: ['visitor_changed'] } } });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

let met = 0;
/** A visitor who hides the number. */
function hidden() {
  met += 1;
  const visitor = { bsuid: `DE.73400219855${met}`, phone: `4917139200${40 + met}` };
  let said = 0;
  const sends = async (message: Record<string, unknown>) => {
    said += 1;
    const id = `wamid.${visitor.bsuid}.${said}`;
    const body = cloudMessage(
      { user_id: visitor.bsuid },
      { id, from_user_id: visitor.bsuid, ...message },
    );
    expect(await journey.post(body)).toBe(200);
    await journey.runtime.idle();
  };
  const shares = (origin: string | undefined, phone = visitor.phone) =>
    sends({
      type: 'contacts',
      contacts: [{ ...(origin && { origin }), phones: [{ phone: `+${phone}`, wa_id: phone }] }],
    });
  return {
    ...visitor,
    sends,
    shares,
    hello: () => sends({ type: 'text', text: { body: 'hello' } }),
  };
}
const changes = () =>
  journey.agent.requests.flatMap(({ event }) => ('visitor' in event ? [event] : []));
const chatOf = async (phone: string) => (await client.ask('GET', `/chats?phone=${phone}`)).body;

test('the number a visitor shares when asked leads to the chat from then on, and the agent hears of it once', async () => {
  const visitor = hidden();
  await visitor.hello();
  expect((await chatOf(visitor.phone)).code).toBe('chat-unknown');
  await visitor.shares('contact_request');
  await visitor.shares('contact_request');
  const chat = await chatOf(visitor.phone);
  expect(chat).toMatchObject({ identity: { phone: visitor.phone, bsuid: visitor.bsuid } });
  expect(changes()).toMatchObject([
    {
      chat: { id: chat.chat_id },
      visitor: {
        old: { phone: null, bsuid: visitor.bsuid },
        new: { phone: visitor.phone, bsuid: visitor.bsuid },
      },
    },
  ]);
  await client.send({ phone: visitor.phone }, ['We call you.']);
  await journey.runtime.idle();
  expect(journey.received(visitor.phone).at(-1)?.request.text).toBe('We call you.');
  expect((await client.ask('DELETE', `/chats/${chat.chat_id}`)).status).toBe(204);
  expect(JSON.stringify(await journey.items('ALIAS#'))).not.toContain(visitor.phone);
});

test('anybody else’s card teaches nothing', async () => {
  const visitor = hidden();
  await visitor.hello();
  const before = changes().length;
  await visitor.shares(undefined);
  await visitor.shares('other');
  expect((await chatOf(visitor.phone)).code).toBe('chat-unknown');
  expect(changes()).toHaveLength(before);
});

test('a number that leads to another chat stays there', async () => {
  const other = hidden();
  await journey.post(
    cloudMessage(
      { wa_id: other.phone },
      { id: `wamid.${other.phone}`, type: 'text', text: { body: 'mine' } },
    ),
  );
  await journey.runtime.idle();
  const { chat_id } = await chatOf(other.phone);
  const visitor = hidden();
  await visitor.shares('contact_request', other.phone);
  expect((await chatOf(other.phone)).chat_id).toBe(chat_id);
});

test.each([
  1, 2, 3, 4,
])('a worker that dies before write %i of learning a number tells it and learns it after all', async (nth) => {
  const visitor = hidden();
  await visitor.hello();
  const before = changes().length;
  const kill = killOnce(journey, isWorkerWrite, nth + 2);
  await visitor.shares('contact_request');
  await journey.runtime.idle();
  kill.free();
  expect(kill.killed()).toBe(true);
  expect(await chatOf(visitor.phone)).toMatchObject({ identity: { phone: visitor.phone } });
  expect(
    new Set(
      changes()
        .slice(before)
        .map(({ event }) => event.id),
    ).size,
  ).toBe(1);
});
