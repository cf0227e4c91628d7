import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { openOperator } from '../support/journey-operator.ts';
import { editChannel, meetVisitor } from '../support/journey-visitor.ts';
import { LoopbackServers } from '../support/loopback-servers.ts';
import { startTranscriberDouble, type TranscriberDouble } from '../support/transcriber-double.ts';
import { VOICE_TYPE, voiceNote, voiceOf } from '../support/voice-notes.ts';

const KEY = 'sk-of-the-transcriber';

let journey: Journey;
let transcriber: TranscriberDouble;
let elsewhere: TranscriberDouble;
const servers = new LoopbackServers();
beforeAll(async () => {
  transcriber = await startTranscriberDouble();
  elsewhere = await startTranscriberDouble();
  journey = await startJourney({ tuning: { transcribeMs: 8_000 } });
});
/** Every edit takes the marks of earlier failures away. */
const usual = () => ({ url: transcriber.url, api_key: KEY, headers: {}, model: 'whisper-1' });
beforeEach(async () => {
  transcriber.heard.length = 0;
  await editChannel(journey, { options: { transcription: usual() } });
});
afterAll(async () => {
  await journey.stop();
  await Promise.all([transcriber.stop(), elsewhere.stop(), servers.closeAll()]);
});

const voice = (bytes: string | Buffer = 'a voice') => voiceNote(journey, bytes);
/** What the agent is told of a voice note, when the visitor has the agent's answer. */
async function toldOf(note: Record<string, unknown>): Promise<Record<string, unknown>> {
  const visitor = meetVisitor(journey);
  await visitor.says(note, ['I could not hear you.']);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['I could not hear you.']);
  const [turn, ...more] = visitor.turns();
  expect(more).toEqual([]);
  expect(turn?.message).toMatchObject({ kind: 'voice', text: '', transcript: null });
  return turn?.message ?? {};
}

const body = (text: string): HttpAnswer => ({ status: 200, headers: {}, body: text });
const answers: { what: string; answer: () => HttpAnswer; note: string; reason: string }[] = [
  { what: 'fails', answer: () => json(500, {}), note: 'transcriber-failed', reason: 'HTTP 500' },
  { what: 'refuses', answer: () => json(401, {}), note: 'transcriber-failed', reason: 'HTTP 401' },
  {
    what: 'never answers',
    answer: () => 'no-answer',
    note: 'transcriber-timeout',
    reason: 'timeout',
  },
  {
    what: 'hangs up',
    answer: () => 'reset',
    note: 'transcriber-unreachable',
    reason: 'reset',
  },
  {
    what: 'answers with five megabytes',
    answer: () => body(JSON.stringify({ text: 'x'.repeat(5 * 2 ** 20) })),
    note: 'transcript-unreadable',
    reason: 'the answer is over 1 MB',
  },
  {
    what: 'answers in words',
    answer: () => body('hello'),
    note: 'transcript-unreadable',
    reason: 'the answer is no JSON object',
  },
  {
    what: 'answers with something else',
    answer: () => json(200, { segments: [] }),
    note: 'transcript-unreadable',
    reason: 'the answer has no text',
  },
];
test.each(
  answers,
)('a transcriber that $what leaves the turn without a transcript, and says why', async ({
  answer,
  note,
  reason,
}) => {
  transcriber.next(answer());
  const told = await toldOf(voice());
  expect(told.transcript_note).toBe(note);
  expect(transcriber.heard).toHaveLength(1);
  const line = await journey.runtime.logged(
    (entry) => entry.message === 'voice-not-transcribed' && entry.reason === reason,
  );
  expect(line).toMatchObject({ note, event_id: expect.stringMatching(/^evt_/) });
});

test('nobody at the address', async () => {
  const url = `http://127.0.0.1:${await servers.unusedPort()}/v1`;
  await editChannel(journey, { options: { transcription: { url } } });
  expect((await toldOf(voice())).transcript_note).toBe('transcriber-unreachable');
});

test('a redirect is not followed, so neither key nor voice goes there', async () => {
  const location = `${elsewhere.url}/audio/transcriptions`;
  transcriber.next({ status: 307, headers: { location }, body: '' });
  expect((await toldOf(voice())).transcript_note).toBe('transcriber-failed');
  expect(elsewhere.heard).toEqual([]);
});

test('a file that 360dialog has no more, one that it never had and one that is too large are not posted', async () => {
  expect((await toldOf(voiceOf('990011223344'))).transcript_note).toBe('file-gone');
  const lost = { type: 'audio', audio: { mime_type: VOICE_TYPE, voice: true } };
  expect((await toldOf(lost)).transcript_note).toBe('file-gone');
  const large = Buffer.alloc(25 * 2 ** 20 + 1);
  expect((await toldOf(voice(large))).transcript_note).toBe('file-too-large');
  expect(transcriber.heard).toEqual([]);
});

test('a file that 360dialog cannot hand out now is not waited for', async () => {
  const free = journey.provider.onRequest(({ method, path }) =>
    method === 'GET' && path.endsWith('/4711000') ? json(500, {}) : undefined,
  );
  expect((await toldOf(voiceOf('4711000'))).transcript_note).toBe('file-unavailable');
  free();
});

test('after five failures in a row nobody waits for the transcriber, until it is tried again', async () => {
  transcriber.answerWith(() => json(503, {}));
  for (let at = 0; at < 5; at++) await toldOf(voice());
  expect(transcriber.heard).toHaveLength(5);
  expect((await toldOf(voice())).transcript_note).toBe('transcriber-failing');
  expect(transcriber.heard).toHaveLength(5);
  transcriber.answerWith(() => ({ text: 'mended' }));
  await editChannel(journey, { options: { transcription: usual() } });
  const visitor = meetVisitor(journey);
  await visitor.says(voice());
  await journey.runtime.idle();
  expect(visitor.turns()).toMatchObject([{ message: { transcript: { text: 'mended' } } }]);
});

test('a turn that an operator has done again gets its transcript after all', async () => {
  const operator = openOperator(journey);
  const visitor = meetVisitor(journey);
  transcriber.next(json(500, {}));
  journey.agent.next({ status: 404, headers: {}, body: '' });
  await visitor.says(voice('again'), ['ok']);
  await journey.runtime.idle();
  const [letter] = await operator.letters();
  transcriber.next({ text: 'again' });
  expect((await operator.redrive(letter?.id)).status).toBe(202);
  await journey.runtime.idle();
  expect(visitor.turns().map(({ message }) => message.transcript)).toEqual([
    null,
    { text: 'again' },
  ]);
  expect(visitor.texts()).toEqual(['ok']);
});

test('the key of the transcriber is in no log', () => {
  const logs = journey.runtime.output.map(({ line }) => line).join('\n');
  expect(logs).toContain('voice-not-transcribed');
  expect(logs).not.toContain(KEY);
});
