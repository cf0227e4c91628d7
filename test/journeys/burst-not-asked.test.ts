// Messages that wait for one another, and an agent that may not be asked meanwhile.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BURSTS, burstsEnd, messagesOf, turnTexts, writesAtOnce } from '../support/bursts-end.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyOperator, openOperator } from '../support/journey-operator.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { isWorkerWrite, killOnce } from '../support/kill-once.ts';
import { postTogether } from '../support/post-together.ts';

let journey: Journey;
let client: JourneyClient;
let operator: JourneyOperator;
beforeAll(async () => {
  journey = await startJourney({
    tuning: {}, // a runtime of its own: its clock cannot go back
    channel: { options: BURSTS },
  });
  client = await openClient(journey);
  operator = openOperator(journey);
});
afterAll(() => journey.stop());

const hold = (text?: string) =>
  operator.ask('POST', `/channels/${journey.channel.id}/hold`, text ? { text } : undefined);
const resume = () => operator.ask('POST', `/channels/${journey.channel.id}/resume`);

const writes = (visitor: JourneyVisitor, ...texts: string[]) =>
  writesAtOnce(journey, visitor, ...texts);
const chatOf = async (visitor: JourneyVisitor) =>
  (await journey.items('CHAT#')).find(({ phone }) => phone === visitor.phone);
/** Resolves when so many messages of the visitor's wait for one another; more than ever waited before. */
async function waits(visitor: JourneyVisitor, count: number): Promise<void> {
  const chat = await chatOf(visitor);
  await journey.runtime.logged(
    ({ message, chat_id, messages }) =>
      message === 'burst-waits' && chat_id === chat?.id && messages === count,
  );
}
async function isKnown(visitor: JourneyVisitor): Promise<string> {
  await writes(visitor, 'hello');
  await burstsEnd(journey);
  return String((await chatOf(visitor))?.id);
}

test('a channel that is held while messages wait asks about none, tells the visitor once, and counts them as missed', async () => {
  const visitor = meetVisitor(journey);
  await isKnown(visitor);
  await writes(visitor, 'one', 'two');
  await waits(visitor, 2);
  await hold('Back at nine.');
  await writes(visitor, 'three');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello']]);
  expect(visitor.texts()).toEqual(['ok', 'Back at nine.']);
  expect(await chatOf(visitor)).not.toHaveProperty('burst');

  await resume();
  await writes(visitor, 'four', 'five');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello'], ['four', 'five']]);
  expect(visitor.turns()[1]).toMatchObject({ chat: { missed: 3 } });
});

test('a hold in the middle of the agent’s trouble ends a burst that waits for the agent', async () => {
  const visitor = meetVisitor(journey);
  await isKnown(visitor);
  journey.agent.next(async () => {
    await hold();
    return { status: 503, headers: {}, body: '' };
  });
  await postTogether(journey, async () => {
    await visitor.says('one');
    await visitor.says('two');
  });
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello'], ['one', 'two']]);
  await resume();
  await writes(visitor, 'three');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello'], ['one', 'two'], ['three']]);
  expect(visitor.turns()[2]).toMatchObject({ chat: { missed: 2 } });
});

test.each([
  2, 3, 4, 5,
])('a worker that dies before write %i after the hold leaves no message waiting, and the visitor is told', async (nth) => {
  const visitor = meetVisitor(journey);
  await isKnown(visitor);
  await writes(visitor, 'one', 'two');
  await waits(visitor, 2);
  await hold('Back at nine.');
  const kill = killOnce(journey, isWorkerWrite, nth);
  await burstsEnd(journey);
  kill.free();
  expect(kill.killed()).toBe(true);
  await resume();
  await writes(visitor, 'three');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello'], ['three']]);
  expect(visitor.texts()).toEqual(['ok', 'Back at nine.', 'ok']);
  expect(await chatOf(visitor)).not.toHaveProperty('burst');
});

test('messages that waited before a pause are asked about, though a later one is not', async () => {
  const visitor = meetVisitor(journey);
  const chatId = await isKnown(visitor);
  await writes(visitor, 'one', 'two');
  await waits(visitor, 2);
  await client.ask('POST', `/chats/${chatId}/pause`, { minutes: 5 });
  await writes(visitor, 'three');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello'], ['one', 'two']]);
  await client.ask('POST', `/chats/${chatId}/resume`);
  await writes(visitor, 'four');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello'], ['one', 'two'], ['four']]);
});

test.each([
  4, 5,
])('a worker that dies before write %i of a pause loses no message that waited before it', async (nth) => {
  const visitor = meetVisitor(journey);
  const chatId = await isKnown(visitor);
  await writes(visitor, 'one', 'two');
  await waits(visitor, 2);
  await client.ask('POST', `/chats/${chatId}/pause`, { minutes: 5 });
  const kill = killOnce(journey, isWorkerWrite, nth);
  await writes(visitor, 'three');
  await burstsEnd(journey);
  kill.free();
  expect(kill.killed()).toBe(true);
  expect([...new Set(turnTexts(visitor).flat())]).toEqual(['hello', 'one', 'two']);
  expect(await chatOf(visitor)).not.toHaveProperty('burst');
});

test.each([
  5, 6, 7, 8,
])('a worker that dies before write %i around a tap asks about no message in two turns', async (nth) => {
  const visitor = meetVisitor(journey);
  await isKnown(visitor);
  await writes(visitor, 'one', 'two');
  await waits(visitor, 2);
  const kill = killOnce(journey, isWorkerWrite, nth);
  const button_reply = { id: 'yes', title: 'Yes' };
  await visitor.says({ type: 'interactive', interactive: { type: 'button_reply', button_reply } });
  await burstsEnd(journey);
  kill.free();
  expect(kill.killed()).toBe(true);
  await writes(visitor, 'three');
  await burstsEnd(journey);
  const asked = new Map(visitor.turns().map((event) => [event.event.id, event]));
  const told = [...asked.values()].flatMap(messagesOf);
  expect(told.map(({ text }) => text)).toEqual(['hello', 'one', 'two', 'Yes', 'three']);
  expect(await chatOf(visitor)).not.toHaveProperty('burst');
});
