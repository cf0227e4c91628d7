import { expect, test } from 'vitest';
import type { DeliveryStatus } from '../../../../shared/contract/delivery-news.ts';
import { wantsDelivery, wantsEvent } from '../../../../shared/rules/agent-event/event-wanted.ts';

/** docs/contract.md#event-types: what an agent hears of unless it asks for more. */
// biome-ignore format: a table reads by column
const byDefault: Record<DeliveryStatus, boolean> = {
  accepted: false, sent: false, delivered: false, read: false, played: false,
  parked: false, released: false,
  failed: true, refused: true, degraded: true, expired: true,
};
const statuses = Object.keys(byDefault) as DeliveryStatus[];

test.each(statuses)('%s: without a list, with an empty one and beside other events', (status) => {
  for (const events of [null, [], ['message', 'handover']]) {
    expect(wantsDelivery(events, status)).toBe(byDefault[status]);
  }
});

test.each(statuses)('%s is wanted by an agent that names it, or every delivery', (status) => {
  expect(wantsDelivery([`delivery:${status}`], status)).toBe(true);
  expect(wantsDelivery(['delivery'], status)).toBe(true);
});

test('naming one status asks for no other, and never turns the default off', () => {
  const heard = statuses.filter((status) => wantsDelivery(['delivery:read'], status));
  expect(heard).toEqual(['read', 'failed', 'refused', 'degraded', 'expired']);
});

test.each([
  { events: null, wants: false },
  { events: ['delivery'], wants: false },
  { events: ['delivery', 'payment'], wants: true },
])('an agent with the events $events wants payments: $wants', ({ events, wants }) => {
  expect(wantsEvent(events, 'payment')).toBe(wants);
});
