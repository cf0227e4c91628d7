import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AwsCall, Verdict } from '../../infra/local/aws/intercept.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { openNotifications } from '../support/journey-notifications.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText } from '../support/webhook-bodies.ts';

const FALLBACK = { name: 'hello_again', language: 'en' };

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    channel: {
      agent: { events: ['delivery:parked', 'delivery:released'] },
      options: { if_window_closed: 'park' },
    },
    statuses: ['delivered'],
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  expect(journey.provider.refusals).toEqual([]);
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** A visitor who wrote a day ago and got no answer. */
async function silent(): Promise<JourneyVisitor> {
  const visitor = meetVisitor(journey);
  const { phone } = visitor;
  const old = { phone, text: 'Hello', id: `wamid.${phone}.old`, sentAt: Date.now() - DAY_MS };
  await journey.post(cloudText(old));
  await journey.runtime.idle();
  return visitor;
}
const send = (visitor: JourneyVisitor, ...replies: unknown[]) =>
  client.send({ phone: visitor.phone }, replies);
const chatOf = async ({ phone }: JourneyVisitor) =>
  (await client.ask('GET', `/chats?phone=${phone}`)).body;
const waiting = async (visitor: JourneyVisitor) => (await chatOf(visitor)).parked;
const said = (visitor: JourneyVisitor) =>
  visitor.news().map(({ status, note }) => (note ? `${status} ${note}` : status));

/**
 * The sender's next write to the chat is held, before it is carried out or before it is heard of.
 */
function holdPark(moment: AwsCall['moment']): { held: Promise<void>; letGo: () => void } {
  const { promise: held, resolve: reached } = Promise.withResolvers<void>();
  const { promise: gone, resolve: letGo } = Promise.withResolvers<void>();
  let isFirst = true;
  const remove = journey.runtime.intercept(async (call): Promise<Verdict> => {
    const isPark = call.caller === 'send' && call.operation === 'UpdateItem';
    if (!isPark || call.moment !== moment || !isFirst) return 'pass';
    isFirst = false;
    reached();
    await gone;
    return 'pass';
  });
  removals.push(remove, letGo);
  return { held, letGo };
}

test('parked replies go in their order once the visitor taps the template, before anything newer', async () => {
  const visitor = await silent();
  await changeFallback(FALLBACK);
  await send(visitor, 'one', 'two');
  await journey.runtime.idle();
  await changeFallback(null);
  expect(visitor.texts()).toEqual([FALLBACK.name]);
  expect(await waiting(visitor)).toBe(2);
  expect(said(visitor)).toEqual(['parked template-sent', 'parked template-sent']);

  journey.agent.answerWith(({ event }) => ({ replies: 'message' in event ? ['newer'] : [] }));
  const button = { payload: 'GO', text: 'Tell me' };
  await visitor.says({ type: 'button', button, context: { id: visitor.messageIds()[0] } });
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([FALLBACK.name, 'one', 'two', 'newer']);
  expect(await waiting(visitor)).toBe(0);
  expect(said(visitor).slice(2)).toEqual(['released', 'released']);
});

async function changeFallback(fallback_template: typeof FALLBACK | null): Promise<void> {
  await editChannel(journey, { options: { fallback_template } });
}

test('when the visitor writes just before a reply is parked, the reply goes at once and the answer after it', async () => {
  const visitor = await silent();
  const { held, letGo } = holdPark('before');
  await send(visitor, 'almost parked');
  await held;
  const asked = visitor.turns().length;
  await visitor.prompts('the answer');
  await until(() => visitor.turns().length > asked);
  letGo();
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['almost parked', 'the answer']);
  expect(await waiting(visitor)).toBe(0);
  expect(said(visitor)).toEqual([]);
});

test('when the visitor writes just after a reply was parked, the reply is released and the answer goes after it', async () => {
  const visitor = await silent();
  const { held, letGo } = holdPark('after');
  await send(visitor, 'just parked');
  await held;
  const asked = visitor.turns().length;
  await visitor.prompts('the answer');
  await until(() => visitor.turns().length > asked);
  letGo();
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['just parked', 'the answer']);
  expect(await waiting(visitor)).toBe(0);
  expect(said(visitor).toSorted()).toEqual(['parked', 'released']);
});

test('replies that were still queued when the visitor wrote do not overtake the parked ones', async () => {
  const visitor = await silent();
  await send(visitor, 'parked');
  await journey.runtime.idle();
  // Accepted while the window was closed, and held in the queue until it is open.
  await send(visitor, { type: 'pause', seconds: 2 }, 'queued');
  await visitor.prompts('answer');
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['parked', 'queued', 'answer']);
});

test('when a parked reply’s time is up the sweep finds it, and the agent is told', async () => {
  const visitor = await silent();
  const [first] = await send(visitor, { type: 'text', text: 'today only', valid_for: 3 }, 'later');
  await until(async () => (await waiting(visitor)) === 2);
  await until(() => visitor.news().some(({ status }) => status === 'expired'));
  await journey.runtime.idle();
  expect(visitor.news().at(-1)).toMatchObject({ reply_id: first, status: 'expired' });
  expect(await waiting(visitor)).toBe(1);
  await visitor.promptsAndWaits('welcome');
  expect(visitor.texts()).toEqual(['later', 'welcome']);
});

test('the parked replies of an erased chat are never sent', async () => {
  const visitor = await silent();
  await send(visitor, 'words to forget');
  await journey.runtime.idle();
  const { chat_id: chatId } = await chatOf(visitor);
  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  await visitor.promptsAndWaits('Nice to meet you.');
  expect(visitor.texts()).toEqual(['Nice to meet you.']);
  expect(JSON.stringify(await journey.items('TURN#'))).not.toContain('words to forget');
});

test('when the sender dies while it releases parked replies, each goes once and in its order', async () => {
  const visitor = await silent();
  await send(visitor, 'one', 'two');
  await journey.runtime.idle();
  let died = false;
  removals.push(
    journey.provider.onSend(async ({ request }) => {
      if (died || request.text !== 'one') return undefined;
      died = true;
      await journey.runtime.kill('send');
      return undefined;
    }),
  );
  await visitor.promptsAndWaits('newer');
  expect(died).toBe(true);
  expect(visitor.texts()).toEqual(['one', 'two', 'newer']);
});

test('replies that the agent sends late to a notification are parked as well', async () => {
  const { notify, events } = openNotifications(journey, client);
  const [visitor, other] = [meetVisitor(journey), meetVisitor(journey)];
  journey.agent.next({ status: 202 });
  const { chat_id } = await notify({ phone: visitor.phone });
  await until(() => events(chat_id).length === 1, { what: 'the result' });
  const late = { in_reply_to: events(chat_id)[0]?.event.id };
  await client.send({ chat_id }, ['Any questions?'], late);
  await client.send({ phone: other.phone }, ['Not yours'], late);
  await journey.runtime.idle();
  expect(said(visitor)).toEqual(['parked']);
  expect(other.news()).toMatchObject([{ status: 'refused', code: 'never-wrote' }]);
  await visitor.promptsAndWaits('Welcome.');
  expect(visitor.texts().slice(1)).toEqual(['Any questions?', 'Welcome.']);
});
