import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PartStatus } from '../../../../shared/contract/delivery.ts';
import {
  isEnded,
  movesForward,
  rankOf,
  rankThatYields,
} from '../../../../shared/rules/delivery/delivery-progress.ts';

/** Every state of a part, and which of the provider's statuses are news to it. */
// biome-ignore format: a table reads by column
const states: Record<PartStatus, { ended: boolean; news: PartStatus[] }> = {
  waiting:   { ended: false, news: ['sent', 'delivered', 'read', 'played', 'failed'] },
  parked:    { ended: false, news: ['sent', 'delivered', 'read', 'played', 'failed'] },
  sending:   { ended: false, news: ['sent', 'delivered', 'read', 'played', 'failed'] },
  accepted:  { ended: true,  news: ['sent', 'delivered', 'read', 'played', 'failed'] },
  sent:      { ended: true,  news: ['delivered', 'read', 'played', 'failed'] },
  delivered: { ended: true,  news: ['read', 'played'] },
  read:      { ended: true,  news: ['played'] },
  played:    { ended: true,  news: [] },
  failed:    { ended: true,  news: [] },
  refused:   { ended: true,  news: [] },
  expired:   { ended: true,  news: [] },
};
const all = Object.keys(states) as PartStatus[];
const told = ['sent', 'delivered', 'read', 'played', 'failed'] as const;

test.each(all)('a part that is %s takes exactly these statuses as news', (state) => {
  expect(told.filter((status) => movesForward(rankOf(state), status))).toEqual(states[state].news);
  expect(isEnded(state)).toBe(states[state].ended);
});

test('no two states are equally far', () => {
  expect(new Set(all.map(rankOf)).size).toBe(all.length);
});

test('the rank that yields in the table is the rank that moves in the code', () => {
  for (const status of told) {
    for (const state of all) {
      expect(rankOf(state) < rankThatYields(status)).toBe(movesForward(rankOf(state), status));
    }
  }
});

const arriving = (from: PartStatus, statuses: readonly PartStatus[]): PartStatus =>
  statuses.reduce((at, status) => (movesForward(rankOf(at), status) ? status : at), from);

const furthest = (statuses: readonly PartStatus[]): PartStatus =>
  statuses.reduce((a, b) => (rankOf(b) > rankOf(a) ? b : a));

/** A history with repeats, and one of its orders. */
const history = (...statuses: PartStatus[]) =>
  fc
    .array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 12 })
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
const begun = fc.constantFrom<PartStatus>('sending', 'waiting', 'accepted');

test('in whatever order good news comes, and however often, the part ends at the furthest', () => {
  fc.assert(
    fc.property(begun, history('sent', 'delivered', 'read', 'played'), (from, [list, shuffled]) => {
      expect(arriving(from, shuffled)).toBe(furthest(list));
    }),
  );
});

test('a message that failed and was never delivered ends failed, in whatever order that is told', () => {
  fc.assert(
    fc.property(begun, history('sent', 'failed'), (from, [list, shuffled]) => {
      expect(arriving(from, shuffled)).toBe(list.includes('failed') ? 'failed' : 'sent');
    }),
  );
});

test('of a failure and a delivery the one that was told first stands', () => {
  fc.assert(
    fc.property(begun, history('sent', 'delivered', 'read', 'failed'), (from, [, shuffled]) => {
      const decides = shuffled.find((status) => status !== 'sent');
      expect(arriving(from, shuffled) === 'failed').toBe(decides === 'failed');
    }),
  );
});

test('a part never goes back', () => {
  const status = fc.constantFrom(...told);
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.array(status), (from, statuses) => {
      let at = from;
      for (const next of statuses) {
        const after = arriving(at, [next]);
        expect(rankOf(after)).toBeGreaterThanOrEqual(rankOf(at));
        at = after;
      }
    }),
  );
});
