import { expect, test } from 'vitest';
import type { InterceptHook } from '../../../../infra/local/aws/intercept.ts';
import { noteDelivery } from '../../../../shared/store/delivery/delivery-notes.ts';
import { eraseDelivery } from '../../../../shared/store/delivery/erase-delivery.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { openDelivery } from '../../../../shared/store/delivery/open-delivery.ts';
import { deliveryKey } from '../../../../shared/store/keys.ts';
import { HAPPENED_AT, someDelivery, somePart } from '../../../support/some-delivery.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const find = ({ channel_id, reply_id }: { channel_id: string; reply_id: string }) =>
  findDelivery(table, channel_id, reply_id);

test('what went for a reply is noted beside its parts, which stay what they are', async () => {
  const delivery = someDelivery([somePart('accepted'), somePart('waiting')]);
  await openDelivery(table, delivery, HAPPENED_AT);
  expect(await noteDelivery(table, delivery, { fallback_reply_id: 'rep_f' })).toBe(true);
  expect(await noteDelivery(table, delivery, { notes: ['template-sent'] })).toBe(true);
  expect(await find(delivery)).toMatchObject({
    ...delivery,
    fallback_reply_id: 'rep_f',
    notes: ['template-sent'],
  });
});

test('of a reply that has no ledger, or an erased one, nothing is noted', async () => {
  const nobody = someDelivery([]);
  expect(await noteDelivery(table, nobody, { notes: ['template-sent'] })).toBe(false);
  expect(await find(nobody)).toBeNull();
  const erased = someDelivery([somePart('waiting')]);
  await openDelivery(table, erased, HAPPENED_AT);
  const { channel_id: channelId, reply_id: replyId } = erased;
  await eraseDelivery(table, { channelId, replyId }, HAPPENED_AT);
  expect(await noteDelivery(table, erased, { notes: ['template-sent'] })).toBe(false);
  expect(await table.look(deliveryKey(channelId, replyId))).not.toHaveProperty('notes');
});

test('erasing a reply erases the template that went for it, also when the first time died in between', async () => {
  const template = someDelivery([somePart('accepted', { message_id: 'wamid.template' })]);
  const reply = someDelivery([somePart('refused')], { fallback_reply_id: template.reply_id });
  for (const one of [reply, template]) await openDelivery(table, one, HAPPENED_AT);
  const place = { channelId: reply.channel_id, replyId: reply.reply_id };
  let writes = 0;
  const dies: InterceptHook = ({ operation, moment }) => {
    if (operation !== 'UpdateItem' || moment !== 'before') return 'pass';
    writes += 1;
    return writes > 1 ? 'fail' : 'pass';
  };
  table.hooks.add(dies);
  await expect(eraseDelivery(table, place, HAPPENED_AT)).rejects.toThrow('unavailable');
  expect(await find(template)).not.toBeNull();
  table.hooks.delete(dies);
  expect(await eraseDelivery(table, place, HAPPENED_AT)).toEqual(['wamid.template']);
  expect([await find(reply), await find(template)]).toEqual([null, null]);
});
