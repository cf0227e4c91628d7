import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AwsCall } from '../../infra/local/aws/intercept.ts';
import type { Part } from '../../shared/contract/delivery.ts';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText } from '../support/webhook-bodies.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ statuses: EVERY_STATUS });
});
afterAll(() => journey.stop());

/** Removes the hooks of a test. */
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

/** Kills the function in the middle of its `nth` call that fits, and lets every later one pass. */
function killOnce(fits: (call: AwsCall) => boolean, nth = 1): { killed: () => number } {
  let seen = 0;
  let killed = 0;
  const remove = journey.runtime.intercept((call) => {
    if (!fits(call)) return 'pass';
    seen += 1;
    if (seen !== nth) return 'pass';
    void journey.runtime.kill(call.caller as 'worker').then((pids) => {
      killed = pids.length;
    });
    return 'hang';
  });
  removals.push(remove);
  return { killed: () => killed };
}

const threeReplies = { replies: ['one', 'two', 'three'] };
const turnsOf = (phone: string) =>
  journey.agent
    .turns()
    .filter(({ event }) => 'context' in event && event.context.channel_visitor_phone === phone);
const firstPartsOf = async (phone: string) => {
  const sent = journey.received(phone).map(({ messageId }) => messageId);
  const deliveries = (await journey.items('DELIVERY#')) as { parts: Record<string, Part> }[];
  return deliveries
    .map(({ parts }) => parts[0])
    .filter((part) => part && sent.includes(part.message_id ?? ''));
};
const texts = (phone: string) => journey.received(phone).map(({ request }) => request.text);

test('when the worker dies after it stored the answer and before it queued the replies, the agent is asked once and the visitor answered once', async () => {
  journey.agent.next(threeReplies);
  const kill = killOnce(
    ({ caller, operation, moment }) =>
      caller === 'worker' && operation === 'SendMessageBatch' && moment === 'before',
  );
  const phone = '491710000001';
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.crash-1' }));
  await until(() => kill.killed() > 0);
  await journey.runtime.idle();

  expect(turnsOf(phone)).toHaveLength(1);
  expect(texts(phone)).toEqual(['one', 'two', 'three']);
});

test('when the worker dies just after it queued the replies, the agent is asked once and the visitor answered once', async () => {
  journey.agent.next(threeReplies);
  const kill = killOnce(
    ({ caller, operation, moment }) =>
      caller === 'worker' && operation === 'SendMessageBatch' && moment === 'after',
  );
  const phone = '491710000002';
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.crash-2' }));
  await until(() => kill.killed() > 0);
  await journey.runtime.idle();

  expect(turnsOf(phone)).toHaveLength(1);
  expect(texts(phone)).toEqual(['one', 'two', 'three']);
});

test('when the worker dies while the agent thinks, the agent is asked again under the same id and one answer counts', async () => {
  const phone = '491710000003';
  journey.agent.next(
    async () => {
      await journey.runtime.kill('worker');
      return { replies: ['never heard'] };
    },
    { replies: ['the one that counts'] },
  );
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.crash-3' }));
  await until(() => turnsOf(phone).length === 2);
  await journey.runtime.idle();

  const events = turnsOf(phone).map(({ event }) => event.event);
  expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  expect(events.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(texts(phone)).toEqual(['the one that counts']);
});

test('when the sender dies after the provider took a part and before it recorded that, the status settles it and nothing is sent twice', async () => {
  const phone = '491710000004';
  journey.agent.next({ replies: ['once only', 'and then this'] });
  let died = false;
  const remove = journey.provider.onSend(async () => {
    if (died) return undefined;
    died = true;
    await journey.runtime.kill('send');
    return undefined;
  });
  removals.push(remove);
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.crash-4' }));
  await until(() => texts(phone).length === 2, { timeoutMs: 20_000 });
  await journey.runtime.idle();

  expect(texts(phone)).toEqual(['once only', 'and then this']);
  expect(await firstPartsOf(phone)).toEqual([
    expect.objectContaining({ status: 'read', attempts: 1 }),
    expect.objectContaining({ status: 'read', attempts: 1 }),
  ]);
  // The status also says which message the part became, so that a visitor can quote it.
  const messages = journey
    .received(phone)
    .map(({ messageId }) => `MESSAGE#${journey.channel.id}#${messageId}`);
  const owned = (await journey.items('MESSAGE#')).filter(
    ({ pk, reply_id }) => reply_id && messages.includes(String(pk)),
  );
  expect(owned).toHaveLength(2);
});

test('when the sender cannot record that the provider took a part, nothing is sent twice', async () => {
  const phone = '491710000005';
  let sent = false;
  let failed = 0;
  removals.push(
    journey.provider.onSend(() => {
      sent = true;
      return undefined;
    }),
  );
  const remove = journey.runtime.intercept(({ caller, operation, moment }) => {
    const record = caller === 'send' && operation === 'UpdateItem' && moment === 'before';
    if (!record || !sent || failed >= 3) return 'pass';
    failed += 1; // the client tries three times
    return 'fail';
  });
  removals.push(remove);
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.crash-5' }));
  await until(() => failed === 3);
  await journey.runtime.idle();

  expect(texts(phone)).toEqual(['You said: hi']);
});

test('when the function `statuses` dies while it records a status, the status is recorded all the same', async () => {
  const kill = killOnce(
    ({ caller, operation, moment }) =>
      caller === 'statuses' && operation === 'UpdateItem' && moment === 'before',
  );
  const phone = '491710000006';
  await journey.post(cloudText({ phone, text: 'hi', id: 'wamid.crash-6' }));
  await until(() => kill.killed() > 0);
  await journey.runtime.idle();

  expect(await firstPartsOf(phone)).toEqual([expect.objectContaining({ status: 'read' })]);
});

test('when the webhook dies while it queues a message it does not answer 200, and the provider’s repeat makes one turn', async () => {
  const kill = killOnce(
    ({ caller, operation, moment }) =>
      caller === 'webhook' && operation === 'SendMessageBatch' && moment === 'after',
  );
  const phone = '491710000007';
  const body = cloudText({ phone, text: 'hi', id: 'wamid.crash-7' });
  expect(await journey.post(body)).not.toBe(200);
  expect(kill.killed()).toBe(1);
  expect(await journey.post(body)).toBe(200);
  await journey.runtime.idle();

  expect(turnsOf(phone)).toHaveLength(1);
  expect(texts(phone)).toEqual(['You said: hi']);
});
