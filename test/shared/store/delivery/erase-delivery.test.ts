import { expect, test } from 'vitest';
import type { InterceptHook } from '../../../../infra/local/aws/intercept.ts';
import { eraseDelivery } from '../../../../shared/store/delivery/erase-delivery.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { HAPPENED_AT, someDelivery, somePart } from '../../../support/some-delivery.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const find = ({ channel_id, reply_id }: { channel_id: string; reply_id: string }) =>
  findDelivery(table, channel_id, reply_id);

test('erasing a reply erases the fallback template sent for it, also after a death in between', async () => {
  const template = someDelivery([somePart('accepted', { message_id: 'wamid.template' })]);
  const reply = someDelivery([somePart('refused')], { fallback_reply_id: template.reply_id });
  for (const one of [reply, template]) await insertDelivery(table, one, HAPPENED_AT);
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
