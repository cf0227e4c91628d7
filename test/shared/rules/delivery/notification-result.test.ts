import { expect, test } from 'vitest';
import type { Part, PartStatus } from '../../../../shared/contract/delivery.ts';
import { notificationResult } from '../../../../shared/rules/delivery/notification-result.ts';
import { PART_STATUSES, somePart } from '../../../support/some-delivery.ts';

const ended = (status: PartStatus, code: string | null = null) =>
  somePart(status, { code, reason: code && `Because of ${code}.` });

// biome-ignore format: a table reads by column
const decided: { when: string; part: Part; is: string; final?: boolean }[] = [
  { when: 'delivered',                                part: ended('delivered'),                          is: 'success' },
  { when: 'read, without a delivered before',         part: ended('read'),                               is: 'success' },
  { when: 'played',                                   part: ended('played'),                             is: 'success' },
  { when: 'WhatsApp knows no such number',            part: ended('failed', 'provider-131026'),          is: 'no_account' },
  { when: 'the old API knows no such number',         part: ended('failed', 'provider-1013'),            is: 'no_account' },
  { when: 'the template is not approved',             part: ended('failed', 'provider-132001'),          is: 'fail' },
  { when: 'a code that only begins alike',            part: ended('failed', 'provider-1310261'),         is: 'fail' },
  { when: 'the account stayed blocked',               part: ended('failed', 'channel-blocked'),          is: 'fail' },
  { when: 'it failed without a code',                 part: ended('failed'),                             is: 'fail' },
  { when: 'it is unknown whether it went',            part: ended('failed', 'outcome-unknown'),          is: 'fail', final: false },
  { when: 'the visitor had opted out',                part: ended('refused', 'opted-out'),               is: 'fail' },
  { when: 'its valid_for was over',                   part: ended('expired', 'expired'),                 is: 'fail' },
];

test.each(decided)('$when: $is', ({ part, is, final = true }) => {
  const { status, code, reason } = part;
  const words = code === null ? {} : { code, reason };
  const result = { result: is, status, final, ...words };
  expect(notificationResult({ parts: { 0: part } }, { timeUp: false })).toEqual(result);
  // The result is the same whether the time is up or not.
  expect(notificationResult({ parts: { 0: part } }, { timeUp: true })).toEqual(result);
});

const open = PART_STATUSES.filter((status) => !decided.some(({ part }) => part.status === status));

test.each(
  open,
)('%s: nothing yet, and a success that is not final when the time is up', (status) => {
  const parts = { 0: ended(status, 'channel-blocked') };
  expect(notificationResult({ parts }, { timeUp: false })).toBeNull();
  expect(notificationResult({ parts }, { timeUp: true })).toEqual({
    result: 'success',
    status,
    final: false,
    code: 'channel-blocked',
    reason: 'Because of channel-blocked.',
  });
});

test('it failed and is about to be sent once more: nothing yet, and no last word when the time is up', () => {
  const part = { ...ended('failed', 'provider-131000'), goes_again: true as const };
  expect(notificationResult({ parts: { 0: part } }, { timeUp: false })).toBeNull();
  expect(notificationResult({ parts: { 0: part } }, { timeUp: true })).toMatchObject({
    result: 'fail',
    status: 'failed',
    final: false,
  });
});

test('it waits behind others and has not begun: the same', () => {
  expect(notificationResult({ parts: {} }, { timeUp: false })).toBeNull();
  expect(notificationResult({ parts: {} }, { timeUp: true })).toEqual({
    result: 'success',
    status: 'waiting',
    final: false,
  });
});
