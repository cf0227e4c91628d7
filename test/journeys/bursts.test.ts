import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  BURSTS,
  burstsEnd,
  burstsPass,
  messagesOf,
  turnTexts,
  writesAtOnce,
} from '../support/bursts-end.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { openOperator } from '../support/journey-operator.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { isWorkerWrite, killOnce } from '../support/kill-once.ts';
import { postTogether } from '../support/post-together.ts';
import { until } from '../support/runtime-until.ts';
import { cloudMessage } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    tuning: {}, // a runtime of its own: its clock cannot go back
    channel: { options: { ...BURSTS, stop_words: ['stop'] } },
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

const writes = (visitor: JourneyVisitor, ...texts: string[]) =>
  writesAtOnce(journey, visitor, ...texts);
/** How the visitor's turns ended, when nothing waits any more. */
async function endings(visitor: JourneyVisitor): Promise<Record<string, unknown>[]> {
  const chat = (await journey.items('CHAT#')).find(({ phone }) => phone === visitor.phone);
  expect(chat).not.toHaveProperty('burst');
  return (await journey.items('TURN#'))
    .filter(({ chat_id }) => chat_id === chat?.id)
    .map((turn) => ({ ...turn, ...JSON.parse(String(turn.outcome)) }));
}

test('five messages in a row are one turn, in order, under the event of the newest', async () => {
  const visitor = meetVisitor(journey);
  await writes(visitor, 'one', 'two', 'three', 'four', 'five');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['one', 'two', 'three', 'four', 'five']]);
  const [event] = visitor.turns();
  expect(event).toMatchObject({
    message: { text: 'five' },
    chat: { is_new: true },
    context: { client_message: 'one\ntwo\nthree\nfour\nfive' },
    event: { type: 'message', attempt: 1 },
  });
  expect(visitor.texts()).toEqual(['ok']);
  const ended = await endings(visitor);
  expect(ended.filter(({ kind }) => kind === 'merged')).toHaveLength(4);
  expect(ended.filter(({ into }) => into === event?.event.id)).toHaveLength(4);
  expect(JSON.stringify(ended)).not.toContain('three'); // words are kept no longer than needed
});

test('a message alone is a turn without messages, and one that comes later is the next turn', async () => {
  const visitor = meetVisitor(journey);
  await writes(visitor, 'one');
  await burstsEnd(journey);
  await writes(visitor, 'two');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['one'], ['two']]);
  for (const event of visitor.turns()) expect(event).not.toHaveProperty('messages');
  expect(visitor.texts()).toEqual(['ok', 'ok']);
});

test('twenty-five messages are one turn, and those of two chats at once stay apart', async () => {
  const [anna, bert] = [meetVisitor(journey), meetVisitor(journey)];
  const texts = (name: string) => Array.from({ length: 25 }, (_, at) => `${name} ${at}`);
  await Promise.all([writes(anna, ...texts('a')), writes(bert, ...texts('b'))]);
  await burstsEnd(journey);
  expect(turnTexts(anna)).toEqual([texts('a')]);
  expect(turnTexts(bert)).toEqual([texts('b')]);
});

test('a file does not end the wait, and a tap does', async () => {
  const visitor = meetVisitor(journey);
  const button_reply = { id: 'yes', title: 'Yes' };
  await postTogether(journey, async () => {
    await visitor.says({ type: 'text', text: { body: 'look at this' } });
    await visitor.says({ type: 'image', image: { id: '4711', mime_type: 'image/jpeg' } });
    await visitor.says({
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply },
    });
  });
  await burstsEnd(journey);
  const [event, ...more] = visitor.turns();
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    messages: [{ kind: 'text' }, { kind: 'image' }, { kind: 'choice' }],
    context: { client_message: expect.stringMatching(/^look at this\nfile:image\|4711\|.*\nYes$/) },
  });
});

test('a form that the visitor sends ends the wait as a tap does', async () => {
  const visitor = meetVisitor(journey);
  const nfm_reply = { name: 'flow', body: 'Sent', response_json: '{"day":"Monday"}' };
  await postTogether(journey, async () => {
    await visitor.says({ type: 'text', text: { body: 'I want an appointment' } });
    await visitor.says({ type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply } });
  });
  await until(() => visitor.turns().length > 0);
  expect(visitor.turns()).toMatchObject([
    { messages: [{ kind: 'text' }, { kind: 'form', answers: { day: 'Monday' } }] },
  ]);
});

test('however long a visitor goes on, the agent is asked after burst_max_ms about all that has come', async () => {
  await editChannel(journey, { options: { burst_ms: 60_000, burst_max_ms: 2_000 } });
  const visitor = meetVisitor(journey);
  let isWaiting = false;
  let hasWritten = false;
  // The worker looks again only when more has come: a slow machine changes nothing.
  const free = journey.runtime.intercept(async ({ caller, operation, moment }) => {
    if (caller !== 'worker') return;
    if (operation === 'ChangeMessageVisibility') isWaiting = true;
    else if (moment === 'before' && isWaiting) await until(() => hasWritten);
  });
  await visitor.says('one');
  await until(() => isWaiting);
  await writes(visitor, 'two', 'three', 'four');
  hasWritten = true;
  journey.agent.next(async () => {
    await visitor.says('five', ['second']);
    return { replies: ['first'] };
  });
  await burstsPass(journey);
  await burstsEnd(journey);
  free();
  await editChannel(journey, { options: BURSTS });
  expect(turnTexts(visitor)).toEqual([['one', 'two', 'three', 'four'], ['five']]);
  expect(visitor.texts()).toEqual(['first', 'second']);
});

test('a message that arrives while the agent is asked begins the next turn', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next(async () => {
    await visitor.says('three', ['second']);
    return { replies: ['first'] };
  });
  await postTogether(journey, async () => {
    await visitor.says('one');
    await visitor.says('two');
  });
  await burstsPass(journey);
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['one', 'two'], ['three']]);
  expect(visitor.texts()).toEqual(['first', 'second']);
});

test('what arrives while the agent is paused is in no turn, and counts as missed', async () => {
  const visitor = meetVisitor(journey);
  await writes(visitor, 'hello');
  await burstsEnd(journey);
  const chatId = visitor.turns()[0]?.chat.id;
  await client.ask('POST', `/chats/${chatId}/pause`, { minutes: 5 });
  await writes(visitor, 'one', 'two');
  await burstsEnd(journey);
  await client.ask('POST', `/chats/${chatId}/resume`);
  await writes(visitor, 'three', 'four');
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['hello'], ['three', 'four']]);
  expect(visitor.turns()[1]).toMatchObject({ chat: { missed: 2 } });
});

test('a stop word within a burst is heard, and the window of an old burst stays closed', async () => {
  const visitor = meetVisitor(journey);
  await writes(visitor, 'no more', 'stop', 'please');
  await burstsEnd(journey);
  const { body } = await client.ask('GET', `/chats?phone=${visitor.phone}`);
  expect(body).toMatchObject({ opted_out: 'everything', window: { open: true } });

  const late = meetVisitor(journey);
  const timestamp = String(Math.floor(Date.now() / 1000) - 2 * 24 * 3_600);
  await postTogether(journey, async () => {
    for (const word of ['old one', 'old two']) {
      await late.says({ type: 'text', text: { body: word }, timestamp }, ['too late']);
    }
  });
  await burstsEnd(journey);
  expect(turnTexts(late)).toEqual([['old one', 'old two']]);
  expect(late.texts()).toEqual([]);
  expect(late.news()).toMatchObject([{ status: 'refused', code: 'window-closed' }]);
});

test('a chat that is erased while its messages wait is not asked about', async () => {
  const visitor = meetVisitor(journey);
  await writes(visitor, 'known');
  await burstsEnd(journey);
  const chatId = visitor.turns()[0]?.chat.id;
  await writes(visitor, 'a secret', 'another secret');
  await journey.runtime.logged(
    ({ message, chat_id, messages }) =>
      message === 'burst-waits' && chat_id === chatId && messages === 2,
  );
  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['known']]);
  expect(JSON.stringify(await journey.items('TURN#'))).not.toContain('secret');
});

test('a burst whose agent failed is redriven with all its messages', async () => {
  const operator = openOperator(journey);
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 404, headers: {}, body: '' });
  await writes(visitor, 'one', 'two');
  await burstsEnd(journey);
  const [lost] = visitor.turns();
  await writes(visitor, 'three');
  await burstsEnd(journey);
  const letter = (await operator.letters()).find(({ event_id }) => event_id === lost?.event.id);
  expect((await operator.redrive(letter?.id)).status).toBe(202);
  await burstsEnd(journey);
  expect(turnTexts(visitor)).toEqual([['one', 'two'], ['three'], ['one', 'two']]);
  expect(visitor.turns().at(-1)?.event.id).toBe(lost?.event.id);
  expect(visitor.texts()).toEqual(['ok', 'ok']);
});

test.each(
  Array.from({ length: 14 }, (_, at) => at + 1),
)('a worker that dies before write %i of a burst loses no message, and each is answered once', async (nth) => {
  const visitor = meetVisitor(journey);
  const kill = killOnce(journey, isWorkerWrite, nth);
  const words = ['one', 'two', 'three'];
  const body = (text: string, at: number) =>
    cloudMessage(
      { wa_id: visitor.phone },
      { id: `wamid.${visitor.phone}.k${at}`, type: 'text', text: { body: text } },
    );
  journey.agent.answerWith(({ event }) => ({ replies: 'message' in event ? ['ok'] : [] }));
  await postTogether(journey, async () => {
    for (const [at, text] of words.entries()) expect(await journey.post(body(text, at))).toBe(200);
  });
  await burstsEnd(journey);
  kill.free();
  expect(kill.killed()).toBe(true);
  // A death between the answer and its record asks once more under the same id: it is one event.
  const asked = new Map(visitor.turns().map((event) => [event.event.id, event]));
  const told = [...asked.values()].flatMap((event) => messagesOf(event).map(({ text }) => text));
  expect(told).toEqual(words);
  expect(visitor.texts()).toEqual([...asked].map(() => 'ok'));
  await endings(visitor);
});
