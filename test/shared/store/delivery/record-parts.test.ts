import { expect, test } from 'vitest';
import type { Delivery, Part } from '../../../../shared/contract/delivery.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { recordParts } from '../../../../shared/store/delivery/record-parts.ts';
import {
  HAPPENED_AT,
  PART_STATUSES,
  placeOf,
  someDelivery,
  someNews,
  somePart,
} from '../../../support/some-delivery.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const opened = async (...parts: Part[]) => {
  const delivery = someDelivery(parts);
  await insertDelivery(table, delivery, HAPPENED_AT);
  return delivery;
};
const stored = async ({ channel_id, reply_id }: Delivery) =>
  (await findDelivery(table, channel_id, reply_id)) ?? expect.fail('there is no delivery');

test('the end of one part and the beginning of the next are one write', async () => {
  const delivery = await opened(somePart('sending'));
  table.calls.splice(0);
  const changes = { 0: somePart('accepted', { message_id: 'wamid.1' }), 1: somePart('sending') };
  expect(await recordParts(table, delivery, changes)).toBe(true);
  expect(table.calls).toEqual(['UpdateItem']);
  expect((await stored(delivery)).parts).toEqual(changes);
});

test.each(
  PART_STATUSES,
)('a part that is %s may be recorded anew only if it is waiting, parked or sending', async (from) => {
  const free = from === 'waiting' || from === 'parked' || from === 'sending';
  for (const to of PART_STATUSES) {
    const delivery = await opened(somePart(from));
    expect(await recordParts(table, delivery, { 0: somePart(to, { attempts: 2 }) })).toBe(free);
    expect((await stored(delivery)).parts[0]).toEqual(
      free ? somePart(to, { attempts: 2 }) : somePart(from),
    );
  }
});

test('when a status has moved one part on, nothing is written', async () => {
  const delivery = await opened(somePart('sending'));
  await advancePart(table, placeOf(delivery), someNews('delivered'));
  const changes = { 0: somePart('accepted'), 1: somePart('sending') };
  expect(await recordParts(table, delivery, changes)).toBe(false);
  const { parts } = await stored(delivery);
  expect(parts[0]?.status).toBe('delivered');
  expect(parts).not.toHaveProperty('1');
});

test('recording the same parts again is refused, and what was recorded stays', async () => {
  const delivery = await opened(somePart('sending'));
  const accepted = { 0: somePart('accepted', { message_id: 'wamid.1' }) };
  expect(await recordParts(table, delivery, accepted)).toBe(true);
  expect(await recordParts(table, delivery, accepted)).toBe(false);
  expect((await stored(delivery)).parts).toEqual(accepted);
});
