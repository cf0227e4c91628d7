import { expect, test } from 'vitest';
import {
  MAX_AGENT_ATTEMPTS,
  waitAfterTimeout,
  waitAfterUnavailable,
} from '../../../../shared/rules/agent-event/agent-retry.ts';

test('an agent that is away is asked again after 2, 5, 20, 60 and 180 s, and then no more', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => waitAfterUnavailable(attempts, null));
  expect(waits).toEqual([2_000, 5_000, 20_000, 60_000, 180_000, null, null]);
  expect(MAX_AGENT_ATTEMPTS).toBe(6);
});

// biome-ignore format: a table reads by column
const retryAfter = [
  { when: 'it is longer than ours',           attempts: 1, asks: 30_000,    waits: 30_000 },
  { when: 'it is shorter than ours',          attempts: 5, asks: 1_000,     waits: 180_000 },
  { when: 'it is an hour',                    attempts: 2, asks: 3_600_000, waits: 3_600_000 },
  { when: 'it says at once',                  attempts: 3, asks: 0,         waits: 20_000 },
  { when: 'the attempts are used up',         attempts: 6, asks: 1_000,     waits: null },
];

test.each(retryAfter)('Retry-After counts when $when', ({ attempts, asks, waits }) => {
  expect(waitAfterUnavailable(attempts, asks)).toBe(waits);
});

// biome-ignore format: a table reads by column
const timeouts = [
  { when: 'the first attempt hangs',                       attempts: 1, timeouts: 1, waits: 5_000 },
  { when: 'it hangs again',                                attempts: 2, timeouts: 2, waits: null },
  { when: 'it was away before it hung',                    attempts: 4, timeouts: 1, waits: 5_000 },
  { when: 'it hung, was away, and hangs again',            attempts: 3, timeouts: 2, waits: null },
  { when: 'the last attempt hangs for the first time',     attempts: 6, timeouts: 1, waits: null },
  { when: 'the last but one hangs for the first time',     attempts: 5, timeouts: 1, waits: 5_000 },
];

test.each(timeouts)('after a timeout, when $when: $waits', ({ attempts, timeouts, waits }) => {
  expect(waitAfterTimeout(attempts, timeouts)).toBe(waits);
});
