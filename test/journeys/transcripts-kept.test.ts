import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { killOnce } from '../support/kill-once.ts';
import { startTranscriberDouble, type TranscriberDouble } from '../support/transcriber-double.ts';
import { voiceNote } from '../support/voice-notes.ts';

let journey: Journey;
let client: JourneyClient;
let transcriber: TranscriberDouble;
beforeAll(async () => {
  transcriber = await startTranscriberDouble();
  journey = await startJourney({
    channel: {
      options: {
        transcription: {
          url: transcriber.url,
          model: 'whisper-1',
        },
      },
    },
  });
  client = await openClient(journey);
});
beforeEach(() => {
  transcriber.heard.length = 0;
});
afterAll(async () => {
  await journey.stop();
  await transcriber.stop();
});

const voice = (words: string) => voiceNote(journey, words);
/** The transcriber finds in a voice note the words that it is made of. */
const inWords = () => transcriber.answerWith(({ bytes }) => ({ text: bytes.toString() }));
const lastOf = (visitor: JourneyVisitor) => visitor.turns().at(-1);
async function says(visitor: JourneyVisitor, what: string | Record<string, unknown>) {
  await visitor.says(what, ['ok']);
  await journey.runtime.idle();
}

test('an agent that fails and is asked again costs no second transcript, nor does a repeat of the provider’s', async () => {
  inWords();
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 503, headers: { 'retry-after': '0' }, body: '' });
  const note = voice('once');
  await says(visitor, { ...note, id: 'wamid.voice.once' });
  await says(visitor, { ...note, id: 'wamid.voice.once' });
  expect(visitor.turns().map(({ event, message }) => [event.attempt, message.transcript])).toEqual([
    [1, { text: 'once' }],
    [2, { text: 'once' }],
  ]);
  expect(transcriber.heard).toHaveLength(1);
});

test('a worker that dies after the transcript is kept does not ask for it again', async () => {
  inWords();
  await editChannel(journey, { options: { history_turns: 5 } });
  const visitor = meetVisitor(journey);
  await says(visitor, 'hello');
  let isHeard = false;
  transcriber.next(async () => {
    isHeard = true;
    return { text: 'kept' };
  });
  // The second write after it is that of the history: the first has kept the transcript.
  const kill = killOnce(
    journey,
    ({ caller, operation, moment }) =>
      isHeard && caller === 'worker' && operation === 'UpdateItem' && moment === 'before',
    2,
  );
  await says(visitor, voice('kept'));
  kill.free();
  expect(kill.killed()).toBe(true);
  expect(lastOf(visitor)?.message).toMatchObject({ transcript: { text: 'kept' } });
  await says(visitor, 'and?');
  expect(lastOf(visitor)).toMatchObject({
    history: expect.arrayContaining([expect.objectContaining({ kind: 'voice', text: 'kept' })]),
  });
  await editChannel(journey, { options: { history_turns: 0 } });
  expect(transcriber.heard).toHaveLength(1);
});

test('a worker that dies before it is kept asks again: the one gap', async () => {
  let asked = 0;
  transcriber.answerWith(() => {
    asked += 1;
    return { text: `answer ${asked}` };
  });
  const visitor = meetVisitor(journey);
  const kill = killOnce(
    journey,
    ({ caller, operation, moment }) =>
      asked > 0 && caller === 'worker' && operation === 'UpdateItem' && moment === 'before',
    1,
  );
  await says(visitor, voice('lost'));
  kill.free();
  expect(kill.killed()).toBe(true);
  expect(visitor.turns()).toMatchObject([{ message: { transcript: { text: 'answer 2' } } }]);
});

test('an erased chat keeps no word of it', async () => {
  inWords();
  await editChannel(journey, { options: { history_turns: 5 } });
  const visitor = meetVisitor(journey);
  await says(visitor, voice('a spoken secret'));
  const everything = async () => JSON.stringify(await journey.items(''));
  expect(await everything()).toContain('a spoken secret');
  const chatId = lastOf(visitor)?.chat.id;
  expect((await client.ask('DELETE', `/chats/${chatId}`)).status).toBe(204);
  expect(await everything()).not.toContain('a spoken secret');

  const other = meetVisitor(journey);
  await says(other, 'hello');
  const otherId = lastOf(other)?.chat.id;
  transcriber.next(async () => {
    expect((await client.ask('DELETE', `/chats/${otherId}`)).status).toBe(204);
    return { text: 'a secret of the erased' };
  });
  await says(other, voice('too late'));
  await editChannel(journey, { options: { history_turns: 0 } });
  expect(await everything()).not.toContain('a secret of the erased');
});
