import { expect, test } from 'vitest';
import { logLine } from '../../../../infra/local/terminal/log-line.ts';
import { LostTurns } from '../../../../infra/local/terminal/lost-turns.ts';

const json = (entry: object) =>
  JSON.stringify({ service: 'x', timestamp: 'x', xray_trace_id: 'x', ...entry });

// biome-ignore format: a table reads by column
const cases = [
  { when: 'a warning',              line: json({ level: 'WARN', message: 'agent-call-failed', attempt: 2 }),                          read: 'worker  WARN agent-call-failed  attempt=2' },
  { when: 'an error with a cause',  line: json({ level: 'ERROR', message: 'unexpected-error', error: { name: 'TypeError', message: 'x is not y' } }), read: 'worker  ERROR unexpected-error  TypeError: x is not y' },
  { when: 'an error by name',       line: json({ level: 'WARN', message: 'job-not-postponed', error: 'timeout' }),                    read: 'worker  WARN job-not-postponed  error=timeout' },
  { when: 'facts with a shape',     line: json({ level: 'WARN', message: 'm', ids: ['a'] }),                                          read: 'worker  WARN m  ids=["a"]' },
  { when: 'what an agent said',     line: json({ level: 'INFO', message: 'agent-asked', result: 'unavailable', reason: 'HTTP 503', took_ms: 12 }), read: 'agent asked: it could not answer, after 12 ms' },
  { when: 'an answer',              line: json({ level: 'INFO', message: 'agent-asked', result: 'answered', replies: 2, took_ms: 12 }), read: 'agent asked: answered, replies: 2 after 12 ms' },
  { when: 'an answer without replies', line: json({ level: 'INFO', message: 'agent-asked', result: 'answered-without-replies', replies: 0, took_ms: 12 }), read: 'agent asked: answered, but without replies, after 12 ms' },
  { when: 'why there were none',    line: json({ level: 'WARN', message: 'agent-answer-odd', reason: 'The answer has neither `replies` nor `dialog`: it has `reply`. It counts as no replies.' }), read: 'agent: The answer has neither `replies` nor `dialog`: it has `reply`. It counts as no replies.' },
  { when: 'a turn that waits',      line: json({ level: 'WARN', message: 'agent-asked-again', attempt: 1, chat_id: '0123456789abcdef', reason: 'HTTP 503', wait_ms: 2000 }), read: 'agent did not answer: HTTP 503; chat 01234567… waits, attempt 2 in 2 s' },
  { when: 'a turn that is lost',    line: json({ level: 'ERROR', message: 'turn-lost', chat_id: '0123456789abcdef', code: 'agent-rejected', reason: 'HTTP 404', attempts: 1 }), read: 'agent failed for good: agent-rejected: HTTP 404; the message of chat 01234567… stays unanswered' },
  { when: 'an event that was not taken', line: json({ level: 'WARN', message: 'event-unheard', channel_id: 'ch_1', trace_id: 'evt_1', event: 'message_update', chat_id: '0123456789abcdef', reason: 'HTTP 503' }), read: 'agent did not take a message_update event: HTTP 503; chat 01234567…; it is not told again' },
  { when: 'news that was not taken', line: json({ level: 'WARN', message: 'event-unheard', event: 'delivery', status: 'failed', chat_id: '0123456789abcdef', reason: 'no answer in time' }), read: 'agent did not take a delivery event (failed): no answer in time; chat 01234567…; it is not told again' },
  { when: 'an event that waits',    line: json({ level: 'INFO', message: 'event-put-off', event: 'handover', chat_id: '0123456789abcdef', wait_ms: 9500 }), read: 'agent is not told of a handover event now, because it fails or is busy; chat 01234567… waits for that, again in 9.5 s' },
  { when: 'a reply that was refused', line: json({ level: 'INFO', message: 'part-ended', status: 'refused', code: 'reply-invalid', reason: 'kind: must be one of image, audio, video, file', reply_id: 'rep_0123456789ab', chat_id: '0123456789abcdef' }), read: 'reply rep_01234567… refused, reply-invalid: kind: must be one of image, audio, video, file; chat 01234567…' },
  { when: 'a reply that lost something', line: json({ level: 'INFO', message: 'part-ended', status: 'degraded', code: 'label-cut' }), read: 'reply degraded, label-cut: a label was too long for its button and was cut; it stands in full in the text' },
  { when: 'a channel that is not whole', line: json({ level: 'WARN', message: 'channel-warning', route: 'POST /admin/channels', channel_id: 'ch_1', code: 'agent-silent' }), read: 'POST /admin/channels: agent-silent, channel ch_1' },
  { when: 'a reply that waits',     line: json({ level: 'INFO', message: 'part-parked', status: 'parked', code: 'window-closed' }),   read: 'reply parked, window-closed' },
  { when: 'a file that could not be fetched', line: json({ level: 'INFO', message: 'file-sent-by-link', step: 'fetch', reason: 'HTTP 404', reply_id: 'rep_0123456789ab' }), read: 'reply rep_01234567… goes with its file’s link: the file could not be fetched: HTTP 404' },
  { when: 'a file that cannot go as one', line: json({ level: 'INFO', message: 'file-sent-by-link', step: 'form', reason: 'too large for WhatsApp' }), read: 'reply goes with its file’s link: the file cannot go as one: too large for WhatsApp' },
  { when: 'a reply whose link went', line: json({ level: 'INFO', message: 'part-ended', status: 'degraded', code: 'media-as-link', reason: 'the file could not be fetched: HTTP 404. Its link went instead' }), read: 'reply degraded, media-as-link: the file could not be fetched: HTTP 404. Its link went instead' },
  { when: 'a reply that went',      line: json({ level: 'INFO', message: 'part-ended', status: 'accepted' }),                        read: null },
  { when: 'a reply that failed late', line: json({ level: 'INFO', message: 'status-recorded', status: 'failed', code: 'provider-131026', reason: 'Message undeliverable' }), read: 'reply failed, provider-131026: Message undeliverable' },
  { when: 'a status',               line: json({ level: 'INFO', message: 'status-recorded', status: 'read' }),                       read: null },
  { when: 'a call that was refused, told by its answer', line: json({ level: 'INFO', message: 'request-refused', route: 'POST /v1/channels/{channel_id}/messages', code: 'reply-invalid', paths: ['replies.0.kind'] }), read: null },
  { when: 'a file that was refused', line: json({ level: 'INFO', message: 'request-refused', code: 'media-link-expired' }),           read: 'GET /media refused: media-link-expired' },
  { when: 'something of interest',  line: json({ level: 'INFO', message: 'turn-settled' }),                                          read: null },
  { when: 'a metric',               line: json({ _aws: {}, turns: 1 }),                                                               read: null },
  { when: 'a stack trace',          line: '    at handler (main.js:1:2)',                                                            read: 'worker      at handler (main.js:1:2)' },
  { when: 'half a line of JSON',    line: '{"level":',                                                                                read: 'worker  {"level":' },
  { when: 'nothing',                line: '  ',                                                                                       read: null },
];

test.each(cases)('$when on stderr', ({ line, read }) => {
  expect(logLine('worker', 'stderr', line)).toBe(read);
});

test('a line on stdout that is not JSON is shown only with verbose', () => {
  expect(logLine('worker', 'stdout', 'hello')).toBeNull();
  expect(logLine('worker', 'stdout', 'hello', { verbose: true })).toBe('worker  hello');
});

const REFUSED = 'HTTP 401, the agent refuses our signature';
const lost = (more: object = {}) =>
  json({
    ...{ level: 'ERROR', message: 'turn-lost', channel_id: 'ch_demo', chat_id: '0123456789' },
    ...{ code: 'agent-rejected', reason: REFUSED, ...more },
  });
const answered = json({ level: 'INFO', message: 'agent-asked', result: 'answered', replies: 1 });

test('why an agent fails is told once a chat while it stays the same, with what to do', () => {
  const lostTurns = new LostTurns();
  lostTurns.place = { url: 'http://localhost:3000', demo: { channelId: 'ch_demo' } };
  const read = (line: string) => logLine('worker', 'stderr', line, { lostTurns });
  const whole = `agent failed for good: agent-rejected: ${REFUSED}: give it this channel’s secret (curl -s http://localhost:3000/sandbox/agent-secret); the message of chat 01234567… stays unanswered`;
  expect(read(lost())).toBe(whole);
  expect(read(lost())).toBe(
    'agent failed for good, as before; the message of chat 01234567… stays unanswered',
  );
  expect(read(lost({ chat_id: '9876543210' }))).toContain('give it this channel’s secret');
  expect(read(lost({ reason: 'HTTP 404' }))).toContain('agent-rejected: HTTP 404; the message');
  expect(read(lost())).toBe(whole);
  read(answered);
  expect(read(lost())).toBe(whole);
  expect(read(lost({ channel_id: 'ch_own', chat_id: 'another' }))).toContain(
    'secret (npx dialog360-channel rotate ch_own agent-secret --port 3000 shows a new one); the',
  );
});
