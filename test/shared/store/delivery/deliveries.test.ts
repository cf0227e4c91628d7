import { expect, test } from 'vitest';
import type { Delivery, Part } from '../../../../shared/contract/delivery.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { beginAgain } from '../../../../shared/store/delivery/begin-again.ts';
import { markTold } from '../../../../shared/store/delivery/delivery-notes.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { openDelivery } from '../../../../shared/store/delivery/open-delivery.ts';
import { recordParts } from '../../../../shared/store/delivery/record-parts.ts';
import { deliveryKey } from '../../../../shared/store/keys.ts';
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
  await openDelivery(table, delivery, HAPPENED_AT);
  return delivery;
};
const ledger = async ({ channel_id, reply_id }: Delivery) =>
  (await findDelivery(table, channel_id, reply_id)) ?? expect.fail('there is no ledger');

test('a ledger is opened once: who comes second finds the first', async () => {
  const delivery = someDelivery([somePart('sending')], { notes: ['text-split'] });
  expect(await openDelivery(table, delivery, HAPPENED_AT)).toBe(true);
  const second = { ...delivery, parts: { 0: somePart('refused') }, notes: [] };
  expect(await openDelivery(table, second, HAPPENED_AT + 1)).toBe(false);
  expect(table.calls).toEqual(['PutItem', 'PutItem']);
  expect(await ledger(delivery)).toMatchObject(delivery);
});

test('of twenty who open it at once one does, and it lives longer than its turn', async () => {
  const delivery = someDelivery([somePart('sending')]);
  const opens = Array.from({ length: 20 }, (_, at) =>
    openDelivery(table, { ...delivery, chat_id: `c${at}` }, HAPPENED_AT),
  );
  const won = await Promise.all(opens);
  expect(won.filter(Boolean)).toHaveLength(1);
  expect((await ledger(delivery)).chat_id).toBe(`c${won.indexOf(true)}`);
  expect(await table.look(deliveryKey(delivery.channel_id, delivery.reply_id))).toMatchObject({
    expires_at: Date.parse('2026-12-06T10:00:00Z') / 1000,
  });
});

test('an unknown reply has no ledger, and none is made by recording, a status or telling', async () => {
  const nobody = someDelivery([somePart('sending')]);
  expect(await findDelivery(table, nobody.channel_id, nobody.reply_id)).toBeNull();
  expect(await recordParts(table, nobody, { 0: somePart('accepted') })).toBe(false);
  expect(await advancePart(table, placeOf(nobody), someNews('sent'))).toBeNull();
  expect(await beginAgain(table, nobody, 0, somePart('waiting', { round: 1 }))).toBe(false);
  await markTold(table, nobody, '0:accepted');
  expect(await findDelivery(table, nobody.channel_id, nobody.reply_id)).toBeNull();
});

test('the end of one part and the beginning of the next are one write', async () => {
  const delivery = await opened(somePart('sending'));
  table.calls.splice(0);
  const changes = { 0: somePart('accepted', { message_id: 'wamid.1' }), 1: somePart('sending') };
  expect(await recordParts(table, delivery, changes)).toBe(true);
  expect(table.calls).toEqual(['UpdateItem']);
  expect((await ledger(delivery)).parts).toEqual(changes);
});

test.each(
  PART_STATUSES,
)('a part that is %s may be recorded anew only before it came anywhere', async (from) => {
  const free = from === 'waiting' || from === 'parked' || from === 'sending';
  for (const to of PART_STATUSES) {
    const delivery = await opened(somePart(from));
    expect(await recordParts(table, delivery, { 0: somePart(to, { attempts: 2 }) })).toBe(free);
    expect((await ledger(delivery)).parts[0]).toEqual(
      free ? somePart(to, { attempts: 2 }) : somePart(from),
    );
  }
});

test('when a status has moved one part on, nothing of the write is done', async () => {
  const delivery = await opened(somePart('sending'));
  await advancePart(table, placeOf(delivery), someNews('delivered'));
  const changes = { 0: somePart('accepted'), 1: somePart('sending') };
  expect(await recordParts(table, delivery, changes)).toBe(false);
  const { parts } = await ledger(delivery);
  expect(parts[0]?.status).toBe('delivered');
  expect(parts).not.toHaveProperty('1');
});

test('recording the same again is refused, and what was recorded stands', async () => {
  const delivery = await opened(somePart('sending'));
  const accepted = { 0: somePart('accepted', { message_id: 'wamid.1' }) };
  expect(await recordParts(table, delivery, accepted)).toBe(true);
  expect(await recordParts(table, delivery, accepted)).toBe(false);
  expect((await ledger(delivery)).parts).toEqual(accepted);
});
