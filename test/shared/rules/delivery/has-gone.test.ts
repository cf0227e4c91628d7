import { expect, test } from 'vitest';
import type { PartStatus } from '../../../../shared/contract/delivery.ts';
import { hasGone } from '../../../../shared/rules/delivery/has-gone.ts';
import { PART_STATUSES, somePart } from '../../../support/some-delivery.ts';

const GONE: PartStatus[] = ['accepted', 'sent', 'delivered', 'read', 'played'];

test.each(PART_STATUSES)('a part that is %s has gone if 360dialog has taken it', (status) => {
  expect(hasGone(somePart(status, { message_id: 'wamid.1' }))).toBe(GONE.includes(status));
  expect(hasGone(somePart(status))).toBe(false);
});

test('a part that was not begun has not gone', () => {
  expect(hasGone(undefined)).toBe(false);
});
