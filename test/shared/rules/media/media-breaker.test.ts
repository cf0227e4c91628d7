import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  breakerWaitMs,
  MEDIA_BREAKER,
  type MediaMisses,
  outlivedMisses,
  periodOf,
} from '../../../../shared/rules/media/media-breaker.ts';

const MINUTE = 60_000;
/** The first moment of a period of five minutes. */
const now = Math.ceil(Date.parse('2026-11-22T10:00:00.000Z') / (5 * MINUTE)) * 5 * MINUTE;
const none: MediaMisses = { errors: {}, blockedUntil: 0, files: {} };

/** Error answers, by how many minutes ago they came. */
function after(errors: Record<number, number>, more: Partial<MediaMisses> = {}): MediaMisses {
  const counted: Record<number, number> = {};
  for (const [minutes, times] of Object.entries(errors)) {
    const period = periodOf(now - Number(minutes) * MINUTE, MEDIA_BREAKER);
    counted[period] = (counted[period] ?? 0) + times;
  }
  return { ...none, errors: counted, ...more };
}

// biome-ignore format: a table reads by column
const waits = [
  { when: 'nothing went wrong',                       misses: none,                                            minutes: 0 },
  { when: 'nine errors came just now',                misses: after({ 0: 9 }),                                 minutes: 0 },
  { when: 'ten came just now',                        misses: after({ 0: 10 }),                                minutes: 65 },
  { when: 'ten came half an hour ago',                misses: after({ 30: 10 }),                               minutes: 35 },
  { when: 'the oldest of ten leaves first',           misses: after({ 50: 1, 0: 9 }),                          minutes: 15 },
  { when: 'of twelve three have to leave',            misses: after({ 50: 2, 30: 1, 0: 9 }),                   minutes: 35 },
  { when: 'the tenth is over an hour old',            misses: after({ 66: 1, 0: 9 }),                          minutes: 0 },
  { when: 'a hundred came yesterday',                 misses: after({ 1440: 100 }),                            minutes: 0 },
  { when: 'the provider asked for two minutes',       misses: { ...none, blockedUntil: now + 2 * MINUTE },     minutes: 2 },
  { when: 'it asked for a time that is over',         misses: { ...none, blockedUntil: now - 1 },              minutes: 0 },
  { when: 'both, and the longer wait counts',         misses: after({ 30: 10 }, { blockedUntil: now + MINUTE }), minutes: 35 },
];

test.each(waits)('when $when the channel waits $minutes min', ({ misses, minutes }) => {
  expect(breakerWaitMs(misses, now, MEDIA_BREAKER)).toBe(minutes * MINUTE);
});

describe('whatever comes when:', () => {
  test('no hour has more than ten errors, as long as the wait is kept', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20 * MINUTE }), { maxLength: 60 });
    fc.assert(
      fc.property(gaps, (all) => {
        const errors: number[] = [];
        let misses = none;
        let at = now;
        for (const gap of all) {
          at += gap;
          if (breakerWaitMs(misses, at, MEDIA_BREAKER) > 0) continue;
          errors.push(at);
          const period = periodOf(at, MEDIA_BREAKER);
          const counted = { ...misses.errors, [period]: (misses.errors[period] ?? 0) + 1 };
          misses = { ...misses, errors: counted };
        }
        for (const end of errors) {
          const hour = errors.filter((one) => one <= end && one > end - MEDIA_BREAKER.windowMs);
          expect(hour.length).toBeLessThanOrEqual(MEDIA_BREAKER.limit);
        }
      }),
    );
  });

  test('after the wait it said, and not a millisecond before, the breaker is closed', () => {
    const minutes = fc.dictionary(fc.constantFrom('0', '7', '21', '44', '59'), fc.nat(20));
    fc.assert(
      fc.property(minutes, (errors) => {
        const misses = after(errors);
        const waitMs = breakerWaitMs(misses, now, MEDIA_BREAKER);
        expect(breakerWaitMs(misses, now + waitMs, MEDIA_BREAKER)).toBe(0);
        if (waitMs > 0) expect(breakerWaitMs(misses, now + waitMs - 1, MEDIA_BREAKER)).toBe(1);
      }),
    );
  });
});

test('what no longer counts is named, and nothing else', () => {
  const misses = after(
    { 70: 1, 60: 1, 0: 2 },
    {
      files: {
        old: { code: 'media-gone', until: now },
        new: { code: 'media-gone', until: now + 1 },
      },
    },
  );
  expect(outlivedMisses(misses, now, MEDIA_BREAKER)).toEqual({
    periods: [periodOf(now - 70 * MINUTE, MEDIA_BREAKER)],
    files: ['old'],
  });
});

test('a period counts no more from the very millisecond in which its last error is an hour old', () => {
  const first = { ...after({}), errors: { 0: 1 } };
  const leaves = MEDIA_BREAKER.windowMs + MEDIA_BREAKER.windowMs / 12;
  const periodsAt = (at: number) => outlivedMisses(first, at, MEDIA_BREAKER).periods;
  expect([periodsAt(leaves - 1), periodsAt(leaves)]).toEqual([[], [0]]);
});
