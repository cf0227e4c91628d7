import { expect, test } from 'vitest';
import type { Delivery, Part } from '../../../../shared/contract/delivery.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { beginAgain } from '../../../../shared/store/delivery/begin-again.ts';
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

test('a failed part begins its next round once, though twenty senders try', async () => {
  const delivery = await opened(somePart('failed'));
  const again = somePart('waiting', { round: 1, attempts: 0 });
  const all = Array.from({ length: 20 }, () => beginAgain(table, delivery, 0, again));
  expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1);
  expect((await stored(delivery)).parts[0]).toEqual(again);
  await recordParts(table, delivery, { 0: somePart('failed', { round: 1 }) });
  expect(await beginAgain(table, delivery, 0, again)).toBe(false); // that round is over
  const third = somePart('waiting', { round: 2 });
  expect(await beginAgain(table, delivery, 0, third)).toBe(true);
  expect(await beginAgain(table, delivery, 0, third)).toBe(false);
});

test.each(
  PART_STATUSES.filter((status) => status !== 'failed'),
)('a part that is %s does not begin another round', async (status) => {
  const delivery = await opened(somePart(status));
  expect(await beginAgain(table, delivery, 0, somePart('waiting', { round: 1 }))).toBe(false);
  expect((await stored(delivery)).parts[0]).toEqual(somePart(status));
});

test('statuses of one round do not change the part in another round', async () => {
  const delivery = await opened(somePart('failed'));
  expect(await advancePart(table, placeOf(delivery, 0, 1), someNews('delivered'))).toBeNull();
  await beginAgain(table, delivery, 0, somePart('waiting', { round: 1 }));
  expect(await advancePart(table, placeOf(delivery, 0, 0), someNews('delivered'))).toBeNull();
  expect(await advancePart(table, placeOf(delivery, 0, 1), someNews('sent'))).not.toBeNull();
  expect((await stored(delivery)).parts[0]).toMatchObject({ status: 'sent', round: 1 });
});
