import { describe, expect, test } from 'vitest';
import type { AfterRefusal } from '../../../shared/contract/delivery.ts';
import {
  decidingError,
  judgeLateError,
  readProviderError,
} from '../../../shared/whatsapp/provider-errors.ts';

const meta = (code: number, details?: string) =>
  JSON.stringify({
    error: {
      message: `(#${code}) Something is not right`,
      type: 'OAuthException',
      code,
      ...(details && { error_data: { messaging_product: 'whatsapp', details } }),
      fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
    },
  });
const gateway = (words: string, status = 400) =>
  JSON.stringify({ meta: { success: false, http_code: status, developer_message: words } });

describe('every shape of an answer is read', () => {
  // biome-ignore format: a table reads by column
  const shapes = [
    { shape: 'Meta, passed through',           status: 400, body: meta(131009, 'Parameter value is too long'), code: 131009, reason: '(#131009) Something is not right: Parameter value is too long' },
    { shape: 'Meta, without details',          status: 400, body: meta(131021),                                code: 131021, reason: '(#131021) Something is not right' },
    { shape: 'Meta, its code a string',        status: 400, body: '{"error":{"message":"no","code":"131021"}}', code: 131021, reason: 'no' },
    { shape: 'the gateway',                    status: 401, body: gateway('Invalid api_key', 401),             code: 401,    reason: 'Invalid api_key' },
    { shape: 'the gateway, camelCase',         status: 401, body: '{"meta":{"success":false,"httpCode":404,"developerMessage":"Invalid api_key or token expired"}}', code: 401, reason: 'Invalid api_key or token expired' },
    { shape: 'an error that is a text',        status: 404, body: '{"error":"no such route"}',                 code: 404,    reason: 'no such route' },
    { shape: 'a detail',                       status: 403, body: '{"detail":"Only your verified number"}',    code: 403,    reason: 'Only your verified number' },
    { shape: 'a list of details',              status: 422, body: '{"detail":[{"loc":["body","to"],"msg":"field required"}]}', code: 422, reason: '[{"loc":["body","to"],"msg":"field required"}]' },
    { shape: 'v1, a list of errors',           status: 400, body: '{"meta":{"api_status":"stable"},"errors":[{"code":1013,"title":"User is not valid","details":"no phone"}]}', code: 1013, reason: 'User is not valid: no phone' },
    { shape: 'HTML of a proxy',                status: 502, body: '<html><body>Bad Gateway</body></html>',     code: 502,    reason: 'HTTP 502' },
    { shape: 'nothing at all',                 status: 504, body: '',                                          code: 504,    reason: 'HTTP 504' },
    { shape: 'JSON that is no object',         status: 400, body: '[1]',                                       code: 400,    reason: 'HTTP 400' },
    { shape: 'an error without a code',        status: 400, body: '{"error":{"message":"odd"}}',               code: 400,    reason: 'odd' },
    { shape: 'an error in a detail',           status: 400, body: `{"detail":${meta(131047)}}`,                code: 131047, reason: '(#131047) Something is not right' },
    { shape: 'an error in two details',        status: 400, body: `{"detail":{"detail":${meta(131047)}}}`,     code: 131047, reason: '(#131047) Something is not right' },
    { shape: 'an error in an error',           status: 400, body: `{"error":${meta(131047)}}`,                 code: 131047, reason: '(#131047) Something is not right' },
    { shape: 'an error text in a detail',      status: 400, body: '{"detail":{"error":"lack of payment"}}',    code: 400,    reason: 'lack of payment' },
    { shape: 'the gateway in a detail',        status: 401, body: `{"detail":${gateway('Invalid api_key', 401)}}`, code: 401, reason: 'Invalid api_key' },
    { shape: 'a list of errors in a detail',   status: 400, body: '{"detail":{"errors":[{"code":1013,"title":"User is not valid"}]}}', code: 1013, reason: 'User is not valid' },
    { shape: 'a list where one error belongs', status: 400, body: '{"error":[{"code":131021,"message":"no"}]}', code: 131021, reason: 'no' },
    { shape: 'one error where a list belongs', status: 400, body: '{"errors":{"code":131021,"message":"no"}}', code: 131021, reason: 'no' },
    { shape: 'a list of texts',                status: 400, body: '{"errors":["no such route"]}',              code: 400,    reason: 'no such route' },
    { shape: 'a code beside the words of the gateway', status: 400, body: '{"meta":{"developer_message":"refused"},"error":{"code":131021,"message":"no"}}', code: 131021, reason: 'no' },
    { shape: 'plain text',                     status: 400, body: 'no such route',                             code: 400,    reason: 'no such route' },
    { shape: 'a JSON text',                    status: 400, body: '"no such route"',                           code: 400,    reason: 'no such route' },
    { shape: 'an error in a 200',              status: 200, body: meta(131021),                                code: 131021, reason: '(#131021) Something is not right' },
    { shape: 'the gateway in a 200',           status: 200, body: gateway('Invalid api_key', 401),             code: 401,    reason: 'Invalid api_key' },
    { shape: 'a 200 that says no without words', status: 200, body: '{"meta":{"success":false}}',              code: 400,    reason: 'HTTP 200' },
    { shape: 'a redirect that says no',        status: 300, body: '{"meta":{"success":false}}',                code: 300,    reason: 'HTTP 300' },
    { shape: 'an empty list of errors',        status: 400, body: '{"errors":[]}',                             code: 400,    reason: 'HTTP 400' },
  ];

  test.each(shapes)('$shape', ({ status, body, code, reason }) => {
    expect(readProviderError(status, body)).toMatchObject({
      code,
      reason,
      failureCode: `provider-${code}`,
    });
  });

  test.each([
    '[',
    '{"detail":',
    '{"error":[',
  ])('and %s a hundred thousand times is nothing', (open) => {
    expect(readProviderError(400, open.repeat(100_000)).code).toBe(400);
    const closed = `${'{"detail":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    expect(readProviderError(400, closed)).toMatchObject({ code: 400, reason: 'HTTP 400' });
  });
  test('and endless words are cut', () => {
    expect(readProviderError(400, gateway('no '.repeat(5000))).reason.length).toBeLessThanOrEqual(
      500,
    );
  });
});

describe('of several errors the one that decides counts', () => {
  const code = { account: 131042, window: 131047, 'phone-needed': 131062, media: 131053 };
  const rest = { final: 131026, retry: 131056, 'retry-few': 131000 };
  const order = Object.entries({ ...code, ...rest });
  const errors = order.map(([, one]) => ({ code: one, title: String(one) }));
  const body = (list: unknown) => JSON.stringify({ errors: list });

  test.each(order.map(([next], at) => ({ next, at })))('$next, over all behind it', ({
    next,
    at,
  }) => {
    const some = errors.slice(at);
    expect(readProviderError(400, body(some)).next).toBe(next);
    expect(readProviderError(400, body([...some].reverse())).next).toBe(next);
    expect(readProviderError(200, body([...some].reverse())).next).toBe(next);
    expect(decidingError([...some].reverse())).toBe(some[0]);
  });
  test('of two that decide the same the first', () => {
    const two = [131021, 131026].map((one) => ({ code: one, title: 'no' }));
    expect(readProviderError(400, body(two)).code).toBe(131021);
    expect(decidingError(two)?.code).toBe(131021);
  });
  test('a code that is known over one that is not', () => {
    const two = [139999, 131056].map((one) => ({ code: one, title: 'no' }));
    expect(readProviderError(400, body(two)).code).toBe(131056);
    expect(decidingError(two)?.code).toBe(131056);
  });
  test('in whichever envelopes they lie', () => {
    const both = JSON.stringify({ errors: [{ code: 131000 }], detail: JSON.parse(meta(131047)) });
    expect(readProviderError(400, both)).toMatchObject({ code: 131047, next: 'window' });
  });
  test('and none where there is none', () => expect(decidingError([])).toBeNull());
});

/** docs/360dialog.md#error-codes, row by row: what follows each code, the same at once and in a later status. */
const CODES: Record<Exclude<AfterRefusal, 'unknown'>, number[]> = {
  retry: [2, 4, 80007, 130429, 131016, 131056, 131057, 133004, 429, 1011, 1015, 1016, 1023],
  'retry-few': [1, 131000, 500, 1000, 1014],
  account: [
    0, 190, 3, 10, 200, 210, 299, 131005, 33, 368, 131031, 131037, 131042, 131045, 131048, 131063,
    131064, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 402, 430, 432,
    433, 471, 1005, 1022, 1024,
  ],
  window: [131047, 470],
  media: [131051, 131052, 131053, 400],
  'phone-needed': [131062],
  final: [
    100, 130472, 130497, 131008, 131009, 131021, 131026, 131049, 131050, 132000, 132001, 132005,
    132007, 132012, 132015, 132016, 132018, 132068, 132069, 135000, 137000, 408, 410, 472, 480, 501,
    1006, 1008, 1009, 1010, 1013, 1021, 1025, 1026, 2000, 2001, 2064,
  ],
};
const rows = Object.entries(CODES).flatMap(([next, codes]) =>
  codes.map((code) => ({ code, next })),
);

test.each(rows)('$code: $next', ({ code, next }) => {
  expect(readProviderError(400, meta(code)).next).toBe(next);
  expect(judgeLateError({ code, title: 'no' }).next).toBe(next);
});

describe('where there is no code, or an unknown one', () => {
  // biome-ignore format: a table reads by column
  const answers: { when: string; status: number; body: string; next: AfterRefusal }[] = [
    { when: 'a 400 is a rate limit',               status: 400, body: gateway('You have exceeded the endpoint rate limit.'),                next: 'retry' },
    { when: 'a 400 is a usage limit',              status: 400, body: gateway('You have exceeded the limit of 1 request every 5 seconds.'), next: 'retry' },
    { when: 'a 400 is unpaid',                     status: 400, body: gateway('Could not send message due to lack of payment.'),            next: 'account' },
    { when: 'a 400 is a disabled account',         status: 400, body: gateway('Your WhatsApp for Business API has been disabled.'),          next: 'account' },
    { when: 'a 400 is anything else',              status: 400, body: gateway('Bad request'),                                               next: 'final' },
    { when: 'a 401 is a wrong key',                status: 401, body: gateway('Invalid api_key', 401),                                      next: 'account' },
    { when: 'a 402 wants money',                   status: 402, body: '',                                                                   next: 'account' },
    { when: 'a 403 blocks the path',               status: 403, body: gateway('This URL is blocked', 403),                                  next: 'account' },
    { when: 'a 403 of the sandbox',                status: 403, body: '{"detail":"You can only send to your verified number"}',             next: 'final' },
    { when: 'a 404',                               status: 404, body: '',                                                                   next: 'final' },
    { when: 'a 408 gave up waiting',               status: 408, body: '',                                                                   next: 'unknown' },
    { when: 'a 413',                               status: 413, body: '<html>',                                                             next: 'final' },
    { when: 'a 429',                               status: 429, body: '',                                                                   next: 'retry' },
    { when: 'a 500 of the gateway',                status: 500, body: gateway('Internal server error', 500),                                next: 'unknown' },
    { when: 'a 502 of a proxy',                    status: 502, body: '<html>',                                                             next: 'unknown' },
    { when: 'a 503 without a body',                status: 503, body: '',                                                                   next: 'unknown' },
    { when: 'a 500 of Meta with a new code',       status: 500, body: meta(139999),                                                         next: 'retry' },
    { when: 'a 400 of Meta with a new code',       status: 400, body: meta(139999),                                                         next: 'final' },
    { when: 'a 403 of Meta with a new code',       status: 403, body: meta(139999),                                                         next: 'final' },
    { when: 'a 429 of Meta with a new code',       status: 429, body: meta(139999),                                                         next: 'retry' },
    { when: 'a redirect',                          status: 302, body: '',                                                                   next: 'final' },
    { when: 'a 200 that names an error',           status: 200, body: meta(131047),                                                         next: 'window' },
    { when: 'a 200 of Meta with a new code',       status: 200, body: meta(139999),                                                         next: 'final' },
    { when: 'a 201 that lists an error',           status: 201, body: '{"errors":[{"code":470,"title":"closed"}]}',                         next: 'window' },
    { when: 'a 200 that is unpaid',                status: 200, body: '{"error":"Could not send due to lack of payment"}',                  next: 'account' },
    { when: 'a 200 of the gateway with its 401',   status: 200, body: gateway('Invalid', 401),                                              next: 'account' },
    { when: 'a 200 of the gateway with its 500',   status: 200, body: gateway('Internal server error', 500),                                next: 'unknown' },
    { when: 'a 200 of the gateway that is a limit', status: 200, body: gateway('You have exceeded the endpoint rate limit.', 200),           next: 'retry' },
    { when: 'a 200 with a detail',                 status: 200, body: '{"detail":"You can only send to your verified number"}',             next: 'final' },
    { when: 'a 200 in plain text that is a limit', status: 200, body: 'too many requests',                                                  next: 'retry' },
    { when: 'a 200 in plain text that says nothing known', status: 200, body: 'OK',                                                         next: 'unknown' },
    { when: 'a 200 whose gateway is content',      status: 200, body: '{"meta":{"success":true,"developer_message":"queued"}}',             next: 'unknown' },
    { when: 'a 200 with errors that are none',     status: 200, body: '{"errors":[],"error":null,"detail":null,"meta":{}}',                 next: 'unknown' },
    { when: 'a 400 in plain text that is a limit', status: 400, body: 'Rate limit exceeded',                                                next: 'retry' },
    { when: 'a 400 in plain text that wants money', status: 400, body: 'unpaid invoices',                                                   next: 'account' },
  ];

  test.each(answers)('$when: $next', ({ status, body, next }) => {
    expect(readProviderError(status, body).next).toBe(next);
  });
  test('a later status with a new code is final', () => {
    expect(judgeLateError({ code: 139999, title: 'new' }).next).toBe('final');
  });
});

// biome-ignore format: a table reads by column
const bodies: { what: string; status: number; body: string; next: AfterRefusal; code?: number }[] = [
  { what: 'the gateway’s sentence',          status: 502, body: gateway('Messaging backend not available', 502),  next: 'retry' },
  { what: 'the same as a text',              status: 502, body: '{"error":"messaging backend is not available"}', next: 'retry' },
  { what: 'the same as a detail',            status: 502, body: '{"detail":"Messaging backend unavailable"}',     next: 'retry' },
  { what: 'the same inside an error with its status', status: 502, body: '{"error":{"code":502,"message":"Messaging backend not available"}}', next: 'retry' },
  { what: 'the same in a list of errors',    status: 502, body: '{"errors":[{"code":502,"title":"Messaging backend not available"}]}', next: 'retry' },
  { what: 'the same words in plain text',    status: 502, body: 'Messaging backend not available',                next: 'unknown' },
  { what: 'a proxy in plain text',           status: 502, body: 'Backend unavailable',                            next: 'unknown' },
  { what: 'a proxy in JSON',                 status: 502, body: '{"message":"upstream backend is unavailable"}',  next: 'unknown' },
  { what: 'another backend',                 status: 502, body: gateway('Backend unavailable', 502),              next: 'unknown' },
  { what: 'a proxy with its status as code', status: 502, body: '{"error":{"code":502,"message":"Bad Gateway"}}', next: 'unknown' },
  { what: 'a proxy with its status as code', status: 504, body: '{"error":{"code":504,"message":"Gateway Timeout"}}', next: 'unknown' },
  { what: 'a proxy with another status as code', status: 502, body: '{"error":{"code":503,"message":"Service Unavailable"}}', next: 'unknown', code: 503 },
  { what: 'the sentence under another status', status: 503, body: '{"error":{"code":503,"message":"Messaging backend not available"}}', next: 'unknown' },
  { what: 'HTML with the same words',        status: 502, body: '<p>messaging backend not available</p>',         next: 'unknown' },
  { what: 'HTML of a proxy',                 status: 502, body: '<html>502 Bad Gateway</html>',                   next: 'unknown' },
  { what: 'nothing',                         status: 502, body: '',                                               next: 'unknown' },
  { what: 'other words',                     status: 502, body: gateway('Bad Gateway', 502),                      next: 'unknown' },
  { what: 'another status',                  status: 504, body: gateway('Messaging backend not available', 504),  next: 'unknown' },
];

test.each(
  bodies,
)('of a $status only the gateway’s word that its backend is away says "not now": $what', ({
  status,
  body,
  next,
  code = status,
}) => {
  const refusal = readProviderError(status, body);
  expect(refusal.next).toBe(next);
  expect(refusal.failureCode).toBe(next === 'retry' ? 'provider-unreachable' : `provider-${code}`);
});

// biome-ignore format: a table reads by column
const statuses = [
  { status: 299, body: '',        next: 'unknown' },
  { status: 300, body: '',        next: 'final' },
  { status: 499, body: '',        next: 'final' },
  { status: 500, body: '',        next: 'unknown' },
  { status: 500, body: meta(500), next: 'unknown' },
];

test.each(statuses)('HTTP $status with nothing that is known, $body, is judged by its status', ({
  status,
  body,
  next,
}) => {
  expect(readProviderError(status, body).next).toBe(next);
});
