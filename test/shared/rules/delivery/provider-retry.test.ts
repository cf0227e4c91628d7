import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Refused,
  waitAfterRefusal,
} from '../../../../shared/rules/delivery/provider-retry.ts';

const refused = (more: Partial<Refused>): Refused => ({
  code: 130429,
  next: 'retry',
  attempts: 1,
  retryAfterMs: null,
  jitter: 0,
  ...more,
});

// biome-ignore format: a table reads by column
const rows: { when: string; more: Partial<Refused>; seconds: number | null }[] = [
  { when: 'the pair limit is hit',                more: { code: 131056 },                                seconds: 1 },
  { when: 'it is hit a second time',              more: { code: 131056, attempts: 2 },                   seconds: 4 },
  { when: 'it is hit a third time',               more: { code: 131056, attempts: 3 },                   seconds: 16 },
  { when: 'it is hit a fourth time',              more: { code: 131056, attempts: 4 },                   seconds: 64 },
  { when: 'it is hit for long',                   more: { code: 131056, attempts: 40 },                  seconds: 256 },
  { when: 'the throughput is hit',                more: {},                                              seconds: 1 },
  { when: 'it is hit again and again',            more: { attempts: 4 },                                 seconds: 8 },
  { when: 'it is hit for long',                   more: { attempts: 400 },                               seconds: 60 },
  { when: 'a limit of the account is hit',        more: { code: 80007 },                                 seconds: 60 },
  { when: 'a limit of the app is hit for long',   more: { code: 4, attempts: 9 },                        seconds: 600 },
  { when: 'Retry-After asks for more',            more: { code: 429, retryAfterMs: 90_000 },             seconds: 90 },
  { when: 'Retry-After asks for nothing',         more: { code: 429, retryAfterMs: 0 },                  seconds: 1 },
  { when: 'it may never work, at first',          more: { code: 131000, next: 'retry-few' },             seconds: 1 },
  { when: 'it may never work, for the last time', more: { code: 131000, next: 'retry-few', attempts: 3 }, seconds: 4 },
  { when: 'it will never work',                   more: { code: 131000, next: 'retry-few', attempts: 4 }, seconds: null },
];

test.each(rows)('when $when: $seconds s', ({ more, seconds }) => {
  expect(waitAfterRefusal(refused(more))).toBe(seconds === null ? null : seconds * 1000);
});

test('chance makes a wait longer by a quarter at most, and never shorter', () => {
  const any = fc.record({
    code: fc.constantFrom(131056, 130429, 4, 503),
    attempts: fc.integer({ min: 1, max: 1000 }),
    retryAfterMs: fc.option(fc.integer({ min: 0, max: 3_600_000 })),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(any, (more) => {
      const least = waitAfterRefusal(refused({ ...more, jitter: 0 })) ?? Number.NaN;
      const waitMs = waitAfterRefusal(refused(more)) ?? Number.NaN;
      expect(waitMs).toBeGreaterThanOrEqual(Math.max(least, more.retryAfterMs ?? 0));
      expect(waitMs).toBeLessThanOrEqual(least * 1.25 + 1);
    }),
  );
});
