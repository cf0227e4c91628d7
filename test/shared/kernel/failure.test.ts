import { expect, test } from 'vitest';
import {
  FAILURES,
  Failure,
  type FailureCode,
  type Fate,
  fateOf,
} from '../../../shared/kernel/failure.ts';

/** The codes of endpoints (docs/contract.md#codes), and what happens next. */
// biome-ignore format: a table reads by column
const endpoints: Record<FailureCode, { status: number; fate: Fate }> = {
  unauthorized:             { status: 401, fate: 'refuse' },
  'channel-unknown':        { status: 404, fate: 'refuse' },
  'media-link-invalid':     { status: 403, fate: 'refuse' },
  'media-link-expired':     { status: 403, fate: 'refuse' },
  'media-gone':             { status: 404, fate: 'refuse' },
  'method-not-allowed':     { status: 405, fate: 'refuse' },
  'range-invalid':          { status: 416, fate: 'refuse' },
  'media-refused':          { status: 502, fate: 'retry' },
  'media-unavailable':      { status: 503, fate: 'retry' },
  'chat-unknown':           { status: 404, fate: 'refuse' },
  'reply-unknown':          { status: 404, fate: 'refuse' },
  'channel-active':         { status: 409, fate: 'refuse' },
  'channel-inactive':       { status: 409, fate: 'refuse' },
  'channel-held':           { status: 409, fate: 'refuse' },
  'token-in-use':           { status: 409, fate: 'refuse' },
  'agent-not-ready':        { status: 409, fate: 'refuse' },
  'dead-letter-unknown':    { status: 404, fate: 'refuse' },
  'not-redrivable':         { status: 409, fate: 'refuse' },
  'dialog-open':            { status: 409, fate: 'refuse' },
  'version-conflict':       { status: 412, fate: 'refuse' },
  'payload-too-large':      { status: 413, fate: 'refuse' },
  'request-invalid':        { status: 422, fate: 'refuse' },
  'reply-invalid':          { status: 422, fate: 'refuse' },
  'idempotency-key-reused': { status: 422, fate: 'refuse' },
  'payload-unreadable':     { status: 400, fate: 'refuse' },
  'rate-limited':           { status: 429, fate: 'retry' },
  unavailable:              { status: 503, fate: 'retry' },
};

test.each(Object.entries(endpoints))('%s', (code, { status, fate }) => {
  expect(FAILURES[code as FailureCode]).toMatchObject({ status, fate });
  expect(fateOf(new Failure(code as FailureCode))).toBe(fate);
});

test('every code is in the table, and each has a title of its own', () => {
  expect(Object.keys(FAILURES).sort()).toEqual(Object.keys(endpoints).sort());
  const titles = Object.values(FAILURES).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test('a failure says its code, the sentence that helps, and keeps its cause', () => {
  const cause = new Error('socket');
  const failure = new Failure('unavailable', { detail: 'Try again.', what: 'table' }, cause);
  expect(failure).toMatchObject({ name: 'Failure', code: 'unavailable', cause });
  expect(failure.message).toBe('unavailable: Try again.');
  expect(failure.facts).toEqual({ detail: 'Try again.', what: 'table' });
  expect(new Failure('chat-unknown').message).toBe('chat-unknown');
});

test.each([
  new Error('surprise'),
  'a word',
  undefined,
  null,
  { code: 'unauthorized' },
])('an unexpected error is retried: %s', (surprise) => {
  expect(fateOf(surprise)).toBe('retry');
});
