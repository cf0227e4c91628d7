import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { holdFile, PROVIDER_KEY } from '../support/journey-files.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { postTogether } from '../support/post-together.ts';
import { until } from '../support/runtime-until.ts';
import { startTranscriberDouble, type TranscriberDouble } from '../support/transcriber-double.ts';
import { VOICE_TYPE, voiceNote } from '../support/voice-notes.ts';

const KEY = 'sk-of-the-transcriber';
const HEADER = 'a header of the transcriber';

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
          api_key: KEY,
          headers: { 'x-team': HEADER },
          model: 'whisper-1',
          language: 'de',
          prompt: 'Parcels, and where they are.',
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

test('the agent gets a voice note with what it says, and everything else as it was', async () => {
  transcriber.answerWith(({ bytes }) => ({ text: ` ${bytes}\n`, language: 'german' }));
  const visitor = meetVisitor(journey);
  const note = voice('Wo ist mein Paket?');
  await says(visitor, note);
  const { id } = note.audio as { id: string };
  expect(visitor.turns()).toMatchObject([
    {
      message: {
        kind: 'voice',
        text: '',
        file: { id, url: expect.stringContaining('/media/') },
        transcript: { text: 'Wo ist mein Paket?', language: 'german' },
      },
      context: { client_message: expect.stringMatching(`^file:voice\\|${id}\\|http`) },
    },
  ]);
  expect(lastOf(visitor)?.message).not.toHaveProperty('transcript_note');
  expect(visitor.texts()).toEqual(['ok']);
  expect(transcriber.heard).toEqual([
    {
      path: '/v1/audio/transcriptions',
      headers: expect.objectContaining({ authorization: `Bearer ${KEY}`, 'x-team': HEADER }),
      fields: { model: 'whisper-1', language: 'de', prompt: 'Parcels, and where they are.' },
      name: 'voice.ogg',
      type: VOICE_TYPE,
      bytes: Buffer.from('Wo ist mein Paket?'),
    },
  ]);
  expect(transcriber.heard[0]?.headers).not.toHaveProperty('d360-api-key');
});

test('words, songs and pictures are none of the transcriber’s business', async () => {
  const visitor = meetVisitor(journey);
  await says(visitor, 'hello');
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'audio/mpeg', bytes: Buffer.from('la') });
  await says(visitor, { type: 'audio', audio: { id, mime_type: 'audio/mpeg' } });
  expect(visitor.turns()).toMatchObject([
    { message: { kind: 'text' } },
    { message: { kind: 'audio' } },
  ]);
  for (const { message } of visitor.turns()) expect(message).not.toHaveProperty('transcript');
  expect(transcriber.heard).toEqual([]);
});

test('of a burst each voice note has its own transcript, in order', async () => {
  inWords();
  await editChannel(journey, { options: { burst_ms: 60_000 } });
  const visitor = meetVisitor(journey);
  const button_reply = { id: '1', title: 'Send' };
  const tap = { type: 'interactive', interactive: { type: 'button_reply', button_reply } };
  await postTogether(journey, async () => {
    for (const words of ['one', 'two', 'three', 'four']) await visitor.says(voice(words));
    await visitor.says({ type: 'text', text: { body: 'five' } });
    await visitor.says(tap, ['ok']);
  });
  await until(() => visitor.texts().length > 0);
  await editChannel(journey, { options: { burst_ms: 0 } });
  const [event] = visitor.turns();
  const messages = (event as { messages?: Record<string, unknown>[] } | undefined)?.messages ?? [];
  expect(messages.map(({ transcript, text }) => Object(transcript).text ?? text)).toEqual([
    ...['one', 'two', 'three', 'four'],
    'five',
    'Send',
  ]);
  expect(transcriber.heard).toHaveLength(4);
});

test('in the history a voice note stands with its words, also one that was said to a person', async () => {
  inWords();
  await editChannel(journey, { options: { history_turns: 5 } });
  const visitor = meetVisitor(journey);
  await says(visitor, voice('first'));
  const chatId = lastOf(visitor)?.chat.id;
  await client.ask('POST', `/chats/${chatId}/pause`, { minutes: 5 });
  await says(visitor, voice('to a person'));
  expect(visitor.turns()).toHaveLength(1);
  await client.ask('POST', `/chats/${chatId}/resume`);
  await says(visitor, 'and now?');
  expect(lastOf(visitor)).toMatchObject({
    chat: { missed: 1 },
    history: [
      { from: 'visitor', kind: 'voice', text: 'first' },
      { from: 'agent', text: 'ok' },
      { from: 'visitor', kind: 'voice', text: 'to a person' },
    ],
  });
  await editChannel(journey, { options: { history_turns: 0 } });
  await client.ask('POST', `/chats/${chatId}/pause`, { minutes: 5 });
  await says(visitor, voice('nobody reads this'));
  expect(transcriber.heard).toHaveLength(2);
});

test('a transcriber that takes its time is waited for, and its calls take slots from then on', async () => {
  const visitor = meetVisitor(journey);
  const isSlow = async () => {
    const [channel] = await journey.items('CHANNEL#');
    return Number(channel?.transcriber_slow_until ?? 0) > Date.now();
  };
  transcriber.next(async () => {
    await until(isSlow);
    return { text: 'slow' };
  });
  await says(visitor, voice('slow'));
  expect(lastOf(visitor)?.message).toMatchObject({ transcript: { text: 'slow' } });
  expect(transcriber.heard).toHaveLength(1);
});

test('neither keys nor words are in a log, a row of the channel or an answer about it', async () => {
  const logs = journey.runtime.output.map(({ line }) => line).join('\n');
  expect(logs).toContain('voice-transcribed');
  const rows = JSON.stringify(await journey.items('CHANNEL#'));
  const path = `${journey.runtime.url}/admin/channels/${journey.channel.id}`;
  const shown = await (await fetch(path)).text();
  for (const secret of [KEY, HEADER]) {
    for (const place of [logs, rows, shown]) expect(place).not.toContain(secret);
  }
  expect(logs).not.toMatch(/Wo ist mein Paket|to a person/);
  expect(JSON.parse(shown).channel.options.transcription).toEqual({
    url: transcriber.url,
    model: 'whisper-1',
    language: 'de',
    prompt: 'Parcels, and where they are.',
    headers: { 'x-team': '…' },
    api_key: '…',
  });
});
