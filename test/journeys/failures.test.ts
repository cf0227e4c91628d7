import { afterAll, beforeAll, expect, test } from 'vitest';
import { sentMessageKey } from '../../shared/store/keys.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText } from '../support/webhook-bodies.ts';

const SORRY = 'Sorry, something went wrong.';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    channel: { options: { agent_failed_text: SORRY } },
  });
});
afterAll(() => journey.stop());

const texts = (phone: string) => journey.received(phone).map(({ request }) => request.text);
const say = (phone: string, id: string) => journey.post(cloudText({ phone, text: 'hi', id }));
const newsOf = (phone: string) =>
  journey.agent.requests.filter(
    ({ event }) => 'delivery' in event && event.context.channel_visitor_phone === phone,
  );
const letterOf = (messageId: string) =>
  until(async () =>
    (await journey.items('DEAD#')).find(({ job }) => JSON.stringify(job).includes(messageId)),
  );

test('an agent that is down for a moment is asked again, and the answer arrives', async () => {
  journey.agent.next({ status: 503, headers: {}, body: 'down' });
  await say('491730000001', 'wamid.fail-1');
  await journey.runtime.idle();
  expect(texts('491730000001')).toEqual(['You said: hi']);
  const attempts = journey.agent.turns().map(({ event }) => event.event.attempt);
  expect(attempts).toEqual([1, 2]);
});

test('the worker waits as long as the agent’s Retry-After says', async () => {
  journey.agent.next({ status: 429, headers: { 'retry-after': '5' }, body: '' });
  await say('491730000002', 'wamid.fail-2');
  await journey.runtime.idle();
  const [first, second] = journey.agent
    .turns()
    .slice(-2)
    .map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(5_000);
  expect(texts('491730000002')).toEqual(['You said: hi']);
});

test.each([
  {
    what: 'answers HTML',
    answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>It works!</h1>' },
    code: 'agent-answer-invalid',
  },
  {
    what: 'answers replies that are not a list',
    answer: { status: 200, headers: {}, body: '{"replies":"hello"}' },
    code: 'agent-answer-invalid',
  },
  { what: 'refuses', answer: { status: 404, headers: {}, body: '' }, code: 'agent-rejected' },
  {
    what: 'redirects',
    answer: { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
    code: 'agent-rejected',
  },
  {
    what: 'answers more than 256 KB',
    answer: {
      status: 200,
      headers: {},
      body: JSON.stringify({ replies: ['x'.repeat(256 * 1024)] }),
    },
    code: 'agent-answer-too-large',
  },
])('when the agent $what the turn becomes a dead letter, and the visitor gets agent_failed_text', async ({
  what,
  answer,
  code,
}) => {
  const phone = `4917300001${what.length}`;
  const id = `wamid.fail-${what}`;
  journey.agent.next(answer);
  await say(phone, id);
  expect(await letterOf(id)).toMatchObject({ code, queue: 'inbound', attempts: 1 });
  await journey.runtime.idle();
  expect(texts(phone)).toEqual([SORRY]);

  // When the provider repeats the message, the agent is not asked again and the visitor gets
  // nothing more.
  const asked = journey.agent.turns().length;
  await say(phone, id);
  await journey.runtime.idle();
  expect(journey.agent.turns()).toHaveLength(asked);
  expect(texts(phone)).toEqual([SORRY]);
});

test('when the agent answers 202 or an empty 200, the turn is over and nothing is sent', async () => {
  journey.agent.next(
    { status: 202, headers: {}, body: '' },
    { status: 200, headers: {}, body: '' },
  );
  await say('491730000021', 'wamid.fail-21');
  await say('491730000021', 'wamid.fail-22');
  await journey.runtime.idle();
  expect(texts('491730000021')).toEqual([]);
});

test('of several replies the bad ones are refused and the agent is told, and the others go in their order', async () => {
  const phone = '491730000031';
  journey.agent.next({ replies: ['first', { type: 'text' }, { type: 'dance' }, 'last'] });
  await say(phone, 'wamid.fail-31');
  await until(() => newsOf(phone).length === 2);
  await journey.runtime.idle();
  expect(texts(phone)).toEqual(['first', 'last']);
  const news = newsOf(phone).map(({ event }) => 'delivery' in event && event.delivery);
  // The queue of statuses has no order.
  expect(news).toContainEqual(
    expect.objectContaining({
      status: 'refused',
      code: 'reply-invalid',
      reason: expect.stringContaining('text'),
    }),
  );
  expect(news).toContainEqual(
    expect.objectContaining({ status: 'refused', code: 'reply-unsupported' }),
  );
});

test('when the provider refuses a message the agent gets its code, and the next message goes', async () => {
  const phone = '491730000041';
  journey.provider.failNext(1, {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      error: {
        message: '(#131026) Message undeliverable',
        code: 131026,
        error_data: { details: 'Gone.' },
      },
    }),
  });
  journey.agent.next({ replies: ['lost', 'arrives'] });
  await say(phone, 'wamid.fail-41');
  const told = await until(() => newsOf(phone)[0]);
  expect(told.event).toMatchObject({ delivery: { status: 'failed', code: 'provider-131026' } });
  await journey.runtime.idle();
  expect(texts(phone)).toEqual(['arrives']);
  expect(newsOf(phone)).toHaveLength(1);
});

test('when the provider answers 429 the reply waits, the order stays, and the agent hears of no failure', async () => {
  const phone = '491730000051';
  journey.provider.failNext(1, { status: 429, headers: { 'retry-after': '1' }, body: '' });
  journey.agent.next({ replies: ['one', 'two'] });
  await say(phone, 'wamid.fail-51');
  await journey.runtime.idle();
  expect(texts(phone)).toEqual(['one', 'two']);
  expect(newsOf(phone)).toEqual([]);
});

test('statuses that come without our callback data and before our own record are not lost', async () => {
  const phone = '491730000061';
  journey.provider.statuses.tell = EVERY_STATUS;
  journey.provider.statuses.withCallbackData = false;
  const remove = journey.provider.onSend(async (message) => {
    await journey.provider.tellStatus(message, 'delivered');
    await until(async () =>
      journey.item(sentMessageKey(journey.channel.id, message.messageId).pk, 'MESSAGE'),
    );
    return undefined;
  });
  await say(phone, 'wamid.fail-61');
  await journey.runtime.idle();
  remove();
  journey.provider.statuses.withCallbackData = true;

  const [sent] = journey.received(phone);
  const parts = (await journey.items('DELIVERY#')).flatMap(({ parts }) =>
    Object.values(parts as Record<string, { message_id: string; status: string }>),
  );
  expect(parts.find(({ message_id }) => message_id === sent?.messageId)?.status).toBe('read');
});
