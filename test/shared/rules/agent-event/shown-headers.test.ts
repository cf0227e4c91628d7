import { expect, test } from 'vitest';
import { shownHeaders } from '../../../../shared/rules/agent-event/shown-headers.ts';

const hidden = [
  'authorization',
  'Proxy-Authorization',
  'cookie',
  'cookie2',
  'x-api-key',
  'x-apikey',
  'api_key',
  'x-functions-key',
  'x-auth',
  'x-auth-token',
  'x-authtoken',
  'x-csrf-token',
  'x-xsrf-token',
  'x-secret',
  'x-shop-password',
  'x-hub-signature-256',
  'x-signature',
  'x-sign',
  'x-session-id',
  'x-jwt-assertion',
  'x-credentials',
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-real-ip',
  'x-amzn-trace-id',
  'x-amz-security-token',
  'x-amz-date',
  'cf-connecting-ip',
  'cdn-loop',
];
const shown = [
  'content-type',
  'user-agent',
  'accept',
  'accept-language',
  'x-shop',
  'x-request-id',
  'x-event',
  'x-author',
  'x-keyboard',
  'x-design',
  'x-monkey-business',
  'x-passenger',
  'traceparent',
];

test.each(hidden)('%s stays with us', (name) => {
  expect(shownHeaders({ [name]: 'value' })).toEqual({});
});

test.each(shown)('%s is the agent’s to read', (name) => {
  expect(shownHeaders({ [name]: 'value' })).toEqual({ [name]: 'value' });
});

test('names are lower case, and what has no value is not there', () => {
  expect(shownHeaders({ 'X-Shop': 'Berlin', 'x-none': undefined })).toEqual({ 'x-shop': 'Berlin' });
});

test('a header named like a prototype’s member is a header', () => {
  const headers = shownHeaders(JSON.parse('{"__proto__": "a", "constructor": "b"}'));
  expect(Object.entries(headers)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});
