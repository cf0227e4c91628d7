import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEAST_CONCURRENCY, slotsOf } from '../../infra/concurrency.ts';

// biome-ignore format: a table reads by column
const cases = [
  { all: 10,    worker: 2,    send: 2,   statuses: 2,   news: 2,   webhook: 2,   isReserved: false },
  { all: 20,    worker: 4,    send: 3,   statuses: 2,   news: 2,   webhook: 4,   isReserved: false },
  { all: 50,    worker: 12,   send: 10,  statuses: 6,   news: 6,   webhook: 10,  isReserved: false },
  { all: 125,   worker: 34,   send: 26,  statuses: 14,  news: 14,  webhook: 25,  isReserved: true },
  { all: 1_000, worker: 278,  send: 209, statuses: 105, news: 105, webhook: 200, isReserved: true },
];

test.each(cases)('of $all functions $worker work for agents, and the webhook has $webhook', ({
  all,
  webhook,
  isReserved,
  ...triggers
}) => {
  expect(slotsOf(all)).toEqual({ triggers, webhook, isReserved });
});

test('however many there are, each trigger has two, the webhook has two left, and AWS takes the numbers', () => {
  fc.assert(
    fc.property(fc.integer({ min: LEAST_CONCURRENCY, max: 10_000 }), (all) => {
      const { triggers, webhook, isReserved } = slotsOf(all);
      const taken = Object.values(triggers);
      for (const slots of taken) {
        expect(slots).toBeGreaterThanOrEqual(2);
        expect(slots).toBeLessThanOrEqual(1_000);
      }
      const left = all - taken.reduce((sum, slots) => sum + slots, 0);
      expect(left).toBeGreaterThanOrEqual(webhook);
      expect(webhook).toBeGreaterThanOrEqual(2);
      expect(isReserved).toBe(all - webhook >= 100);
    }),
  );
});
