import { expect, test } from 'vitest';
import type { PartStatus } from '../../../../shared/contract/delivery.ts';
import { replyViewSchema } from '../../../../shared/contract/reply-view.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { replyView } from '../../../../shared/rules/delivery/reply-view.ts';
import { PART_STATUSES, someDelivery, somePart } from '../../../support/some-delivery.ts';

test.each(PART_STATUSES)('a part that is %s is shown so', (status: PartStatus) => {
  const view = parse(replyViewSchema, replyView(someDelivery([somePart(status)])));
  expect(view.parts).toMatchObject([{ status, at: '2026-11-22T10:00:00.500Z' }]);
});

test('one that is only queued has no parts yet', () => {
  const queued = someDelivery([], { queued: true, part_count: 0, id: null, event_id: null });
  expect(parse(replyViewSchema, replyView(queued))).toMatchObject({
    id: null,
    event_id: null,
    parts: [],
    notes: [],
  });
});

test('a note stands there once, whether the plan had it or a part', () => {
  const parts = [
    somePart('read', { notes: ['text-split', 'media-as-link'] }),
    somePart('read', { notes: ['text-split'] }),
  ];
  expect(replyView(someDelivery(parts, { notes: ['text-split'] })).notes).toEqual([
    'text-split',
    'media-as-link',
  ]);
});

test('a price is shown, whether it is kept as text or as an earlier version kept it', () => {
  const pricing = { billable: true, category: 'utility' };
  for (const kept of [JSON.stringify(pricing), pricing as unknown as string]) {
    const delivery = someDelivery([somePart('delivered', { pricing: kept })]);
    expect(replyView(delivery).parts[0]?.pricing).toEqual(pricing);
  }
});
