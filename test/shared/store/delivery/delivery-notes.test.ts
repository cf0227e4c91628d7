import { expect, test } from 'vitest';
import { markTold, noteDelivery } from '../../../../shared/store/delivery/delivery-notes.ts';
import { eraseDelivery } from '../../../../shared/store/delivery/erase-delivery.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { deliveryKey } from '../../../../shared/store/keys.ts';
import { HAPPENED_AT, someDelivery, somePart } from '../../../support/some-delivery.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const find = ({ channel_id, reply_id }: { channel_id: string; reply_id: string }) =>
  findDelivery(table, channel_id, reply_id);

test('what was sent in a reply’s place is noted beside its parts, which stay as they are', async () => {
  const delivery = someDelivery([somePart('accepted'), somePart('waiting')]);
  await insertDelivery(table, delivery, HAPPENED_AT);
  expect(await noteDelivery(table, delivery, { fallback_reply_id: 'rep_f' })).toBe(true);
  expect(await noteDelivery(table, delivery, { notes: ['template-sent'] })).toBe(true);
  expect(await find(delivery)).toMatchObject({
    ...delivery,
    fallback_reply_id: 'rep_f',
    notes: ['template-sent'],
  });
});

test('nothing is noted for a reply without a delivery, or with an erased one', async () => {
  const unknown = someDelivery([]);
  expect(await noteDelivery(table, unknown, { notes: ['template-sent'] })).toBe(false);
  expect(await find(unknown)).toBeNull();
  const erased = someDelivery([somePart('waiting')]);
  await insertDelivery(table, erased, HAPPENED_AT);
  const { channel_id: channelId, reply_id: replyId } = erased;
  await eraseDelivery(table, { channelId, replyId }, HAPPENED_AT);
  expect(await noteDelivery(table, erased, { notes: ['template-sent'] })).toBe(false);
  expect(await table.look(deliveryKey(channelId, replyId))).not.toHaveProperty('notes');
});

test('each status the agent was told of is noted once, also at once', async () => {
  const delivery = someDelivery([somePart('sent')]);
  await insertDelivery(table, delivery, HAPPENED_AT);
  const words = ['0:accepted', '0:sent', '0:degraded:label-cut'];
  await Promise.all([...words, ...words, ...words].map((word) => markTold(table, delivery, word)));
  expect((await find(delivery))?.told).toEqual(new Set(words));
});
