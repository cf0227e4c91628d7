import { expect, test } from 'vitest';
import type { Delivery, Part } from '../../../../shared/contract/delivery.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { beginAgain } from '../../../../shared/store/delivery/begin-again.ts';
import { markTold } from '../../../../shared/store/delivery/delivery-notes.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { recordParts } from '../../../../shared/store/delivery/record-parts.ts';
import { deliveryKey } from '../../../../shared/store/keys.ts';
import {
  HAPPENED_AT,
  placeOf,
  someDelivery,
  someNews,
  somePart,
} from '../../../support/some-delivery.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const _opened = async (...parts: Part[]) => {
  const delivery = someDelivery(parts);
  await insertDelivery(table, delivery, HAPPENED_AT);
  return delivery;
};
const stored = async ({ channel_id, reply_id }: Delivery) =>
  (await findDelivery(table, channel_id, reply_id)) ?? expect.fail('there is no delivery');

test('a delivery is opened once: the second sender finds the first one’s', async () => {
  const delivery = someDelivery([somePart('sending')], { notes: ['text-split'] });
  expect(await insertDelivery(table, delivery, HAPPENED_AT)).toBe(true);
  const second = { ...delivery, parts: { 0: somePart('refused') }, notes: [] };
  expect(await insertDelivery(table, second, HAPPENED_AT + 1)).toBe(false);
  expect(table.calls).toEqual(['PutItem', 'PutItem']);
  expect(await stored(delivery)).toMatchObject(delivery);
});

test('of twenty senders that open a delivery at once one does, and the delivery outlives its turn', async () => {
  const delivery = someDelivery([somePart('sending')]);
  const opens = Array.from({ length: 20 }, (_, at) =>
    insertDelivery(table, { ...delivery, chat_id: `c${at}` }, HAPPENED_AT),
  );
  const won = await Promise.all(opens);
  expect(won.filter(Boolean)).toHaveLength(1);
  expect((await stored(delivery)).chat_id).toBe(`c${won.indexOf(true)}`);
  expect(await table.look(deliveryKey(delivery.channel_id, delivery.reply_id))).toMatchObject({
    expires_at: Date.parse('2026-12-06T10:00:00Z') / 1000,
  });
});

test('an unknown reply has no delivery, and recording parts, a status or telling the agent makes none', async () => {
  const unknown = someDelivery([somePart('sending')]);
  expect(await findDelivery(table, unknown.channel_id, unknown.reply_id)).toBeNull();
  expect(await recordParts(table, unknown, { 0: somePart('accepted') })).toBe(false);
  expect(await advancePart(table, placeOf(unknown), someNews('sent'))).toBeNull();
  expect(await beginAgain(table, unknown, 0, somePart('waiting', { round: 1 }))).toBe(false);
  await markTold(table, unknown, '0:accepted');
  expect(await findDelivery(table, unknown.channel_id, unknown.reply_id)).toBeNull();
});
