import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepPace, PAIR_LIMIT, type Pace } from '../../../../shared/rules/delivery/pair-limit.ts';

const now = 1_000_000;
const pace: Pace = { intervalMs: 6_000, burst: 3 };
const ahead = (messages: number) => now + messages * pace.intervalMs;

// biome-ignore format: a table reads by column
const cases = [
  { when: 'nothing went to the visitor yet',    paceAt: null,               does: { paceAt: ahead(1) } },
  { when: 'the last message is long ago',       paceAt: now - 3_600_000,    does: { paceAt: ahead(1) } },
  { when: 'one went a moment ago',              paceAt: ahead(1),           does: { paceAt: ahead(2) } },
  { when: 'two went a moment ago',              paceAt: ahead(2),           does: { paceAt: ahead(3) } },
  { when: 'the burst is used up',               paceAt: ahead(3),           does: { waitMs: 6_000 } },
  { when: 'half an interval has passed',        paceAt: ahead(2.5),         does: { waitMs: 3_000 } },
  { when: 'it is due to the millisecond',          paceAt: ahead(2) + 1,      does: { waitMs: 1 } },
];

test.each(cases)('when $when: $does', ({ paceAt, does }) => {
  expect(keepPace(paceAt, now, pace)).toEqual(does);
});

test('a sender that waits as long as it is told may send then, and no sooner', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600_000 }), (lead) => {
      const next = keepPace(now + lead, now, PAIR_LIMIT);
      if (!('waitMs' in next)) return;
      expect(keepPace(now + lead, now + next.waitMs, PAIR_LIMIT)).toHaveProperty('paceAt');
      expect(keepPace(now + lead, now + next.waitMs - 1, PAIR_LIMIT)).toEqual({ waitMs: 1 });
    }),
  );
});

test('however messages come, a bucket of 45 that refills one in 6 s never runs dry', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 50, maxLength: 150 });
  fc.assert(
    fc.property(gaps, (gaps) => {
      let [at, paceAt, level] = [now, null as number | null, 45];
      for (const gap of gaps) {
        const before = at;
        at += gap;
        const next = keepPace(paceAt, at, PAIR_LIMIT);
        if ('waitMs' in next) at += next.waitMs;
        const taken = keepPace(paceAt, at, PAIR_LIMIT);
        if (!('paceAt' in taken)) throw new Error('it waited in vain');
        paceAt = taken.paceAt;
        level = Math.min(45, level + (at - before) / PAIR_LIMIT.intervalMs) - 1;
        expect(level).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
