import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    statuses: ['sent'], // a delivered message cannot fail any more
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  expect(journey.provider.refusals).toEqual([]);
});

const HOUR = 3_600_000;
const CLOSED = { code: 131047, title: 'Re-engagement message' };

/** A visitor who wrote hours ago and got no answer. */
async function someoneOfThisMorning(): Promise<JourneyVisitor> {
  const visitor = meetVisitor(journey);
  const id = `wamid.morning.${visitor.phone}`;
  const sentAt = Date.now() - 3 * HOUR;
  await journey.post(cloudText({ phone: visitor.phone, text: 'Hello', id, sentAt }));
  await journey.runtime.idle();
  return visitor;
}
/**
 * The provider reports that a message failed with 131047. Waits until nothing is at work any more.
 */
async function failsAsClosed(visitor: JourneyVisitor, at: number): Promise<void> {
  const message = journey.received(visitor.phone)[at];
  if (!message) throw new Error('there is no such message');
  await journey.provider.tellStatus(message, 'failed', [CLOSED]);
  await journey.runtime.idle();
}
const windowOf = async ({ phone }: JourneyVisitor) =>
  (await client.ask('GET', `/chats?phone=${phone}`)).body.window;
const said = (visitor: JourneyVisitor) =>
  visitor.news().map(({ status, code, id }) => `${id}:${status}:${code}`);

test('a late 131047 closes the window in our record and refuses the reply, and the visitor’s next message opens it again', async () => {
  const visitor = await someoneOfThisMorning();
  expect(await windowOf(visitor)).toMatchObject({ open: true });
  await client.send({ phone: visitor.phone }, [{ type: 'text', text: 'one', id: 'late' }]);
  await journey.runtime.idle();
  await failsAsClosed(visitor, 0);
  expect(said(visitor)).toEqual(['late:refused:window-closed']);
  expect(await windowOf(visitor)).toEqual({ open: false, until: null });

  // The provider repeats the status, and the next reply is not tried.
  await failsAsClosed(visitor, 0);
  await client.send({ phone: visitor.phone }, [{ type: 'text', text: 'two', id: 'next' }]);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['one']);
  expect(said(visitor)).toEqual(['late:refused:window-closed', 'next:refused:window-closed']);

  await visitor.promptsAndWaits('welcome back');
  expect(visitor.texts()).toEqual(['one', 'welcome back']);
  expect(await windowOf(visitor)).toMatchObject({ open: true });
});

test('a 131047 right after the visitor wrote is believed only after one more try', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits({ type: 'text', text: 'an answer', id: 'answer' });
  await failsAsClosed(visitor, 0);
  expect(visitor.texts()).toEqual(['an answer', 'an answer']);
  expect(visitor.news()).toEqual([]);
  expect(await windowOf(visitor)).toMatchObject({ open: true });

  await failsAsClosed(visitor, 1);
  expect(visitor.texts()).toHaveLength(2);
  expect(said(visitor)).toEqual(['answer:refused:window-closed']);
  expect(await windowOf(visitor)).toMatchObject({ open: false });
});

test('a 131047 in the provider’s answer refuses the rest of the reply too', async () => {
  const visitor = await someoneOfThisMorning();
  removals.push(
    journey.provider.onRequest(({ path, body }) =>
      path === '/messages' && JSON.stringify(body).includes(visitor.phone)
        ? { status: 400, body: JSON.stringify({ error: { ...CLOSED, message: CLOSED.title } }) }
        : undefined,
    ),
  );
  await client.send({ phone: visitor.phone }, [
    { type: 'text', text: 'x'.repeat(5_000), id: 'long' },
  ]);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([]);
  expect(said(visitor)).toEqual(['long:refused:window-closed']);
  expect(await windowOf(visitor)).toMatchObject({ open: false });
});
