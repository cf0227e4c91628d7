import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterUnknownOutcome } from '../../../../shared/rules/delivery/unknown-outcome.ts';

const begunAt = 1_000_000;

// biome-ignore format: a table reads by column
const cases = [
  { when: 'it has just begun',                   elapsed: 0,       unknowns: 1, policy: 'resend', does: { next: 'wait', waitMs: 1_000 } },
  { when: 'a second has passed',                 elapsed: 1_000,   unknowns: 1, policy: 'resend', does: { next: 'wait', waitMs: 1_000 } },
  { when: 'two seconds have passed',             elapsed: 2_000,   unknowns: 1, policy: 'resend', does: { next: 'wait', waitMs: 2_000 } },
  { when: 'sixteen seconds have passed',         elapsed: 16_000,  unknowns: 1, policy: 'resend', does: { next: 'wait', waitMs: 4_000 } },
  { when: '1 ms is left',                        elapsed: 19_999,  unknowns: 1, policy: 'resend', does: { next: 'wait', waitMs: 1 } },
  { when: '20 s are over',                       elapsed: 20_000,  unknowns: 1, policy: 'resend', does: { next: 'resend' } },
  { when: 'it comes back an hour late',          elapsed: 3.6e6,   unknowns: 1, policy: 'resend', does: { next: 'resend' } },
  { when: 'the second request is unknown too',   elapsed: 0,       unknowns: 2, policy: 'resend', does: { next: 'wait', waitMs: 1_000 } },
  { when: 'nothing is said of the second',       elapsed: 20_000,  unknowns: 2, policy: 'resend', does: { next: 'report' } },
  { when: 'the channel never sends twice',       elapsed: 20_000,  unknowns: 1, policy: 'report', does: { next: 'report' } },
  { when: 'it never sends twice, but waits',     elapsed: 19_999,  unknowns: 1, policy: 'report', does: { next: 'wait', waitMs: 1 } },
  { when: 'another machine’s clock is ahead',    elapsed: -60_000, unknowns: 1, policy: 'resend', does: { next: 'wait', waitMs: 1_000 } },
] as const;

test.each(cases)('when $when: $does', ({ elapsed, unknowns, policy, does }) => {
  expect(afterUnknownOutcome({ begunAt, unknowns }, policy, begunAt + elapsed)).toEqual(does);
});

test('the looks end after 20 s to the millisecond, are few, and the first comes soon', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 19_999 }), (late) => {
      let now = begunAt + late;
      const waits: number[] = [];
      for (;;) {
        const step = afterUnknownOutcome({ begunAt, unknowns: 1 }, 'resend', now);
        if (step.next !== 'wait') break;
        waits.push(step.waitMs);
        now += step.waitMs;
      }
      expect(now).toBe(begunAt + 20_000);
      expect(waits.length).toBeLessThanOrEqual(6);
      expect(Math.min(...waits)).toBeGreaterThan(0);
    }),
  );
});
