import type { Context } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import { type HttpEvent, httpHandler, json, readJsonBody } from '../../../functions/chain/http.ts';
import { FAILURES, Failure, type FailureCode } from '../../../shared/kernel/failure.ts';
import { log } from '../../../shared/kernel/log.ts';

const lines: string[] = [];
const keep = (...said: unknown[]) => {
  lines.push(JSON.stringify(said, (_, value) => (value instanceof Error ? value.stack : value)));
};
for (const level of ['info', 'warn', 'error'] as const)
  vi.spyOn(log, level).mockImplementation(keep);
afterEach(() => {
  lines.length = 0;
});

const event = { routeKey: 'POST /x', rawPath: '/x/secret-path', headers: {} } as HttpEvent;
const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 10_000 } as Context;
const failing = async (error: unknown) => {
  const answer = await httpHandler(async () => {
    throw error;
  })(event, context);
  return { answer, body: JSON.parse(answer.body ?? '') };
};

test.each(
  Object.keys(FAILURES) as FailureCode[],
)('%s becomes its problem document', async (code) => {
  const errors = [{ path: 'a.b', detail: 'is wrong' }];
  const { answer, body } = await failing(
    new Failure(code, { detail: 'Do this.', errors, retryAfterSeconds: 7, channel_id: 'ch_1' }),
  );
  const { status, title } = FAILURES[code];
  expect(answer.statusCode).toBe(status);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'retry-after': '7',
  });
  expect(body).toEqual({
    type: `urn:problem-type:dialog360-channel:${code}`,
    title,
    status,
    code,
    detail: 'Do this.',
    errors,
  });
});

test('a problem without a detail has its title as the detail, and no facts reach the caller', async () => {
  const { answer, body } = await failing(new Failure('unavailable', { what: 'table' }));
  expect(body.detail).toBe('Something we need cannot be reached.');
  expect(body).not.toHaveProperty('errors');
  expect(answer.headers).not.toHaveProperty('retry-after');
  expect(answer.body).not.toContain('table');
});

test('an unexpected error is 503 for the caller, and an error with its cause in the log', async () => {
  const cause = new TypeError('cannot read secrets of undefined');
  const { answer, body } = await failing(cause);
  expect(answer.statusCode).toBe(503);
  expect(body.code).toBe('unavailable');
  expect(answer.body).not.toContain('secrets');
  expect(lines.join()).toContain('unexpected-error');
  expect(lines.join()).toContain('cannot read secrets of undefined');
});

test('what cannot be reached is a warning of ours, and a caller that comes too often is none', async () => {
  await failing(new Failure('unavailable', { what: 'table' }));
  await failing(new Failure('rate-limited', { retryAfterSeconds: 7 }));
  expect(lines).toEqual([
    '["dependency-unavailable",{"code":"unavailable","what":"table"}]',
    '["request-refused",{"code":"rate-limited"}]',
  ]);
});

test('a refusal is logged by its code and its fields alone', async () => {
  await failing(
    new Failure('request-invalid', {
      detail: 'x',
      errors: [
        { path: 'a.0.b', detail: 'y' },
        { path: 'headers.X-Secret-Name', detail: 'y' },
      ],
    }),
  );
  expect(lines).toEqual(['["request-refused",{"code":"request-invalid","paths":["a.0.b","…"]}]']);
});

test('every line of a request carries its id and its route, never its path', async () => {
  const append = vi.spyOn(log, 'appendKeys');
  const reset = vi.spyOn(log, 'resetKeys');
  await httpHandler(async () => json(200, {}))(event, context);
  expect(append.mock.calls).toEqual([[{ request_id: 'r-1', route: 'POST /x' }]]);
  expect(reset).toHaveBeenCalledOnce();
});

test('a body is read as text and as base64', () => {
  const body = '{"a":"Ж"}';
  const base64 = Buffer.from(body).toString('base64');
  expect(readJsonBody({ body, isBase64Encoded: false }, 100)).toEqual({ a: 'Ж' });
  expect(readJsonBody({ body: base64, isBase64Encoded: true }, 100)).toEqual({ a: 'Ж' });
});

test.each([
  '',
  'null',
  '[]',
  '"text"',
  '7',
  '{"a":',
  '{"a":1}x',
])('a body of %j is unreadable, and the answer does not quote it', (body) => {
  expect(() => readJsonBody({ body, isBase64Encoded: false }, 100)).toThrow(
    'payload-unreadable: Send one JSON object.',
  );
});

test('a body is measured in bytes, before it is read', () => {
  const body = `{"a":"${'Ж'.repeat(10)}"}`; // 18 characters, 28 bytes
  expect(readJsonBody({ body, isBase64Encoded: false }, 28)).toEqual({ a: 'Ж'.repeat(10) });
  expect(() => readJsonBody({ body, isBase64Encoded: false }, 27)).toThrow('payload-too-large');
});
