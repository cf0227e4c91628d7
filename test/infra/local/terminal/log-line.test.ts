import { expect, test } from 'vitest';
import { logLine } from '../../../../infra/local/terminal/log-line.ts';

const json = (entry: object) =>
  JSON.stringify({ service: 'x', timestamp: 'x', xray_trace_id: 'x', ...entry });

// biome-ignore format: a table reads by column
const cases = [
  { when: 'a warning',              line: json({ level: 'WARN', message: 'agent-call-failed', attempt: 2 }),                          read: 'worker  WARN agent-call-failed  attempt=2' },
  { when: 'an error with a cause',  line: json({ level: 'ERROR', message: 'unexpected-error', error: { name: 'TypeError', message: 'x is not y' } }), read: 'worker  ERROR unexpected-error  TypeError: x is not y' },
  { when: 'an error by name',       line: json({ level: 'WARN', message: 'job-not-postponed', error: 'timeout' }),                    read: 'worker  WARN job-not-postponed  error=timeout' },
  { when: 'facts with a shape',     line: json({ level: 'WARN', message: 'm', ids: ['a'] }),                                          read: 'worker  WARN m  ids=["a"]' },
  { when: 'what an agent said',     line: json({ level: 'INFO', message: 'agent-asked', result: 'unavailable', took_ms: 12 }),                      read: 'agent asked: unavailable after 12 ms' },
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
