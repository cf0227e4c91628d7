import { expect, test } from 'vitest';
import type { HttpOutcome } from '../../../shared/kernel/http.ts';
import { readTranscript } from '../../../shared/transcriber/read-transcript.ts';

const answered = (body: unknown, status = 200): HttpOutcome => ({
  kind: 'answered',
  status,
  headers: {},
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

// biome-ignore format: a table reads by column
const heard: { what: string; outcome: HttpOutcome; transcript: object }[] = [
  { what: 'a text',                    outcome: answered({ text: 'Hello' }),                           transcript: { text: 'Hello' } },
  { what: 'a text with blanks around', outcome: answered({ text: ' Hello\n' }),                        transcript: { text: 'Hello' } },
  { what: 'silence',                   outcome: answered({ text: '' }),                                transcript: { text: '' } },
  { what: 'a language',                outcome: answered({ text: 'Hallo', language: 'german', x: 1 }), transcript: { text: 'Hallo', language: 'german' } },
  { what: 'a language that is none',   outcome: answered({ text: 'Hallo', language: 7 }),              transcript: { text: 'Hallo' } },
  { what: 'an endless language',       outcome: answered({ text: 'Hallo', language: 'x'.repeat(65) }), transcript: { text: 'Hallo' } },
  { what: 'half a letter',             outcome: answered('{"text":"a\\ud83d"}'),                       transcript: { text: 'a\ufffd' } },
  { what: 'a status of another kind',  outcome: answered({ text: 'Hello' }, 201),                      transcript: { text: 'Hello' } },
  { what: 'hours of speech',           outcome: answered({ text: 'x'.repeat(40_000) }),                transcript: { text: 'x'.repeat(32_768) } },
];
test.each(heard)('$what is read', ({ outcome, transcript }) => {
  expect(readTranscript(outcome)).toEqual({ kind: 'heard', transcript });
});

// biome-ignore format: a table reads by column
const unheard: { what: string; outcome: HttpOutcome; note: string }[] = [
  { what: 'a refused connection',  outcome: { kind: 'not-sent', reason: 'ECONNREFUSED' },     note: 'transcriber-unreachable' },
  { what: 'an address of ours',    outcome: { kind: 'not-sent', reason: 'the address is not public' }, note: 'transcriber-unreachable' },
  { what: 'no connection in time', outcome: { kind: 'not-sent', reason: 'timeout' },          note: 'transcriber-timeout' },
  { what: 'no answer in time',     outcome: { kind: 'no-answer', reason: 'timeout' },         note: 'transcriber-timeout' },
  { what: 'a broken connection',   outcome: { kind: 'no-answer', reason: 'reset' },           note: 'transcriber-unreachable' },
  { what: 'megabytes',             outcome: { kind: 'no-answer', reason: 'too-large' },       note: 'transcript-unreadable' },
  { what: 'a redirect',            outcome: answered('', 302),                                note: 'transcriber-failed' },
  { what: 'a wrong key',           outcome: answered({ error: 'no' }, 401),                   note: 'transcriber-failed' },
  { what: 'a fault',               outcome: answered('', 500),                                note: 'transcriber-failed' },
  { what: 'nothing',               outcome: answered('', 204),                                note: 'transcript-unreadable' },
  { what: 'plain words',           outcome: answered('Hello'),                                note: 'transcript-unreadable' },
  { what: 'a list',                outcome: answered([{ text: 'Hello' }]),                    note: 'transcript-unreadable' },
  { what: 'no text',               outcome: answered({ text: null }),                         note: 'transcript-unreadable' },
];
test.each(unheard)('after $what there is no transcript', ({ outcome, note }) => {
  const read = readTranscript(outcome);
  expect(read).toMatchObject({ kind: 'unheard', note });
  expect(JSON.stringify(read)).not.toContain('Hello');
});
