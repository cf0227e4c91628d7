import { expect, test } from 'vitest';
import { readAnswer } from '../../../../shared/agent/wire/answer.ts';
import type { HttpOutcome } from '../../../../shared/kernel/http.ts';

const answered = (
  status: number,
  body = '',
  headers: Record<string, string> = {},
): HttpOutcome => ({
  kind: 'answered',
  status,
  headers,
  body: Buffer.from(body),
});
const said = (replies: unknown[], dialog = 'open') => ({
  kind: 'answered',
  answer: { replies, dialog },
});
const odd = (names: string | RegExp, replies: unknown[] = []) => ({
  ...said(replies),
  odd: expect.stringMatching(names),
});
const invalid = (reason: string | RegExp) => ({
  kind: 'refused',
  code: 'agent-answer-invalid',
  reason: expect.stringMatching(reason),
});
const rejected = (reason: string) => ({ kind: 'refused', code: 'agent-rejected', reason });
const away = (reason: string, retryAfterMs: number | null = null) => ({
  kind: 'unavailable',
  reason,
  retryAfterMs,
});
const date = 'Sun, 22 Nov 2026 10:00:00 GMT';

test('an answer that is too long once it is written down again is refused, and not asked for again', () => {
  const long = `{"replies":[{"type":"raw","x":[${Array(40_000).fill('1e20').join()}]}]}`;
  expect(long.length).toBeLessThan(256 * 1024);
  expect(readAnswer(answered(200, long))).toMatchObject({ code: 'agent-answer-too-large' });
});

// biome-ignore format: a table reads by column
const bodies: { what: string; body: string; means: object }[] = [
  { what: 'nothing',                           body: '',                                         means: said([]) },
  { what: 'blanks',                            body: ' \n ',                                     means: said([]) },
  { what: 'an empty object',                   body: '{}',                                       means: odd(/neither `replies` nor `dialog`\. It counts/) },
  { what: 'replies under another name',        body: '{"reply":"hush"}',                         means: odd(/: it has `reply`\./) },
  { what: 'replies in capitals',               body: '{"Replies":["hush"]}',                     means: odd(/: it has `Replies`\./) },
  { what: 'nothing that is known',             body: '{"hush":1}',                               means: odd(/nor `dialog`\. It counts/) },
  { what: 'nothing but a dialog',              body: '{"dialog":"close"}',                       means: said([], 'close') },
  { what: 'members that are all null',         body: '{"replies":null,"dialog":null}',           means: said([]) },
  { what: 'one reply',                         body: '{"replies":["Hi"]}',                       means: said(['Hi']) },
  { what: 'no reply',                          body: '{"replies":[]}',                           means: said([]) },
  { what: 'replies of any shape',              body: '{"replies":[1,null,{"type":"?"},[]]}',     means: said([1, null, { type: '?' }, []]) },
  { what: 'the end of the dialog',             body: '{"replies":["Bye"],"dialog":"close"}',     means: said(['Bye'], 'close') },
  { what: 'a wish for an operator',            body: '{"dialog":"operator"}',                    means: said([], 'operator') },
  { what: 'an operator in capitals',           body: '{"dialog":"Operator"}',                    means: said([], 'operator') },
  { what: 'a dialog with blanks around it',    body: '{"replies":["Bye"],"dialog":" CLOSE\\n"}', means: said(['Bye'], 'close') },
  { what: 'an unknown dialog',                 body: '{"replies":[],"dialog":"party"}',          means: odd(/^`dialog` is unknown: `open`, `close` or `operator` is wanted\. The dialog stays open\.$/) },
  { what: 'a dialog that is nearly known',     body: '{"replies":["Bye"],"dialog":"closed"}',    means: odd(/is wanted, perhaps `close`\. The dialog stays open\./, ['Bye']) },
  { what: 'a dialog that is no text',          body: '{"replies":[],"dialog":7}',                means: odd(/^`dialog` is unknown/) },
  { what: 'a dialog that is an object',        body: '{"dialog":{"state":"close"}}',             means: odd(/^`dialog` is unknown/) },
  { what: 'a dialog that is empty',            body: '{"replies":["Hi"],"dialog":""}',           means: said(['Hi']) },
  { what: 'a dialog under another name',       body: '{"replies":["Bye"],"dialogue":"close"}',   means: odd(/^The answer has no `dialog`, but `dialogue`\. The dialog stays open\.$/, ['Bye']) },
  { what: 'a dialog in capitals',              body: '{"replies":["Bye"],"Dialog":"closed"}',    means: odd(/but `Dialog`\./, ['Bye']) },
  { what: 'only a dialog under another name',  body: '{"dialogue":"close"}',                     means: odd(/nor `dialog`: it has `dialogue`\. It counts/) },
  { what: 'an id of a dialog',                 body: '{"replies":["Hi"],"dialog_id":"d-1"}',     means: said(['Hi']) },
  { what: 'more than we know of',              body: '{"replies":["Hi"],"mood":"good"}',         means: said(['Hi']) },
  { what: 'a mark of the byte order',          body: '\ufeff{"replies":["Hi"]}',                 means: said(['Hi']) },
  { what: 'a prototype',                       body: '{"__proto__":{"replies":["x"]}}',          means: odd(/neither/) },
  { what: 'HTML',                              body: '<html>Bad gateway</html>',                 means: invalid('^The answer is HTML or XML, and a JSON object like .* is wanted') },
  { what: 'half of it',                        body: '{"replies":["Hi"',                         means: invalid('^The answer is no JSON, and a JSON object') },
  { what: 'a plain word',                      body: 'OK',                                       means: invalid('^The answer is no JSON, and') },
  { what: 'null',                              body: 'null',                                     means: invalid('^The answer is null, and') },
  { what: 'a list',                            body: '["Hi"]',                                   means: invalid('^The answer is a list, and') },
  { what: 'a text',                            body: '"Hi"',                                     means: invalid('^The answer is a text, and') },
  { what: 'a number',                          body: '7',                                        means: invalid('^The answer is a number, and') },
  { what: 'one reply that stands in no list',  body: '{"replies":"Hi"}',                         means: invalid('^replies: is a text, and a list like .* is wanted') },
  { what: 'one reply as an object',            body: '{"replies":{"type":"text"}}',              means: invalid('^replies: is an object, and a list') },
  { what: 'replies that are an empty text',    body: '{"replies":""}',                           means: invalid('^replies: is a text') },
  { what: 'replies that are null',             body: '{"replies":null,"dialog":"close"}',        means: said([], 'close') },
];

test.each(bodies)('a 200 or 201 with $what', ({ body, means }) => {
  for (const status of [200, 201, 203, 206, 226]) {
    expect(readAnswer(answered(status, body))).toEqual(means);
  }
});

test('a 202 is an answer where it has one in it, and else says that it comes later', () => {
  expect(readAnswer(answered(202, '{"replies":["Hi"]}'))).toEqual(said(['Hi']));
  expect(readAnswer(answered(202, '{"dialog":"operator"}'))).toEqual(said([], 'operator'));
  expect(readAnswer(answered(202, '{"replies":"Hi"}'))).toEqual(invalid('^replies: is a text'));
  for (const body of [
    '',
    '{}',
    '{"status":"accepted"}',
    'Accepted',
    '{"replies":null,"dialog":null}',
    '[]',
  ]) {
    expect(readAnswer(answered(202, body))).toEqual({ kind: 'later' });
  }
});

// biome-ignore format: a table reads by column
const statuses: { status: number; means: object }[] = [
  { status: 204, means: { kind: 'later' } },
  ...[408, 409, 425, 429, 500, 502, 503, 504, 599].map((status) => ({ status, means: away(`HTTP ${status}`) })),
  ...[101, 400, 410, 413, 418, 422, 451].map((status) => ({ status, means: rejected(`HTTP ${status}`) })),
  ...[301, 302, 304, 307, 308].map((status) => ({ status, means: rejected(`HTTP ${status}, a redirect, which is not followed`) })),
  ...[401, 403].map((status) => ({ status, means: rejected(`HTTP ${status}, the agent refuses our signature`) })),
  { status: 404, means: rejected('HTTP 404, the agent has nothing at this address') },
];

test.each(statuses)('a $status, whatever it carries', ({ status, means }) => {
  expect(readAnswer(answered(status, '{"replies":["Hi"]}'))).toEqual(means);
});

// biome-ignore format: a table reads by column
const waits: { status: number; headers: Record<string, string>; means: object }[] = [
  { status: 429, headers: { 'retry-after': '30' },                                        means: away('HTTP 429', 30_000) },
  { status: 503, headers: { 'retry-after': 'Sun, 22 Nov 2026 10:00:09 GMT', date },       means: away('HTTP 503', 9_000) },
  { status: 503, headers: { 'retry-after': 'soon', date },                                means: away('HTTP 503') },
  { status: 404, headers: { 'retry-after': '30' },                                        means: rejected('HTTP 404, the agent has nothing at this address') },
  { status: 302, headers: { location: 'https://other.example:8443/turn?key=k' },          means: rejected('HTTP 302, a redirect to other.example:8443, which is not followed') },
  { status: 308, headers: { location: '/turn/' },                                         means: rejected('HTTP 308, a redirect to another path, which is not followed') },
];

test.each(waits)('a $status with $headers', ({ status, headers, means }) => {
  expect(readAnswer(answered(status, '', headers))).toEqual(means);
});

// biome-ignore format: a table reads by column
const silences: { outcome: HttpOutcome; means: object }[] = [
  { outcome: { kind: 'not-sent', reason: 'ECONNREFUSED' },               means: away('ECONNREFUSED') },
  { outcome: { kind: 'not-sent', reason: 'ENOTFOUND' },                  means: away('ENOTFOUND') },
  { outcome: { kind: 'not-sent', reason: 'timeout' },                    means: { kind: 'unavailable', reason: 'timeout', retryAfterMs: null } },
  { outcome: { kind: 'not-sent', reason: 'the address is not public' },  means: { kind: 'refused', code: 'agent-address-refused', reason: 'the address is not public' } },
  { outcome: { kind: 'not-sent', reason: 'the address is not https' },   means: { kind: 'refused', code: 'agent-address-refused', reason: 'the address is not https' } },
  { outcome: { kind: 'not-sent', reason: 'the address cannot be read' }, means: { kind: 'refused', code: 'agent-address-refused', reason: 'the address cannot be read' } },
  { outcome: { kind: 'no-answer', reason: 'timeout' },                   means: { kind: 'timeout' } },
  { outcome: { kind: 'no-answer', reason: 'reset' },                     means: away('reset') },
  { outcome: { kind: 'no-answer', reason: 'too-large' },                 means: { kind: 'refused', code: 'agent-answer-too-large', reason: 'the answer is over 256 KB' } },
];

test.each(silences)('$outcome.kind: $outcome.reason', ({ outcome, means }) => {
  expect(readAnswer(outcome)).toEqual(means);
});

test('a reason never repeats what the agent said', () => {
  for (const body of ['hush', '{"replies":"hush"}', '["hush"]', '{"replies":{"hush":1}}']) {
    expect(JSON.stringify(readAnswer(answered(200, body)))).not.toContain('hush');
  }
});

test('a reply that nests too deep is kept as a note with its own id, and the others as they are', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const body = `{"replies":[${deep},{"id":"a","x":${'['.repeat(70)}${']'.repeat(70)}},"Hi"]}`;
  const left = { left_out: 'too-deep' };
  const replies = [left, { id: 'a', ...left }, 'Hi'];
  expect(readAnswer(answered(200, body))).toEqual({
    kind: 'answered',
    answer: { replies, dialog: 'open' },
  });
});
