import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delivery, Part, PartStatus } from '../../../../shared/contract/delivery.ts';
import { movesForward, rankOf } from '../../../../shared/rules/delivery/delivery-progress.ts';
import { advancePart, type PartNews } from '../../../../shared/store/delivery/advance-part.ts';
import { markTold } from '../../../../shared/store/delivery/delivery-notes.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { recordParts } from '../../../../shared/store/delivery/record-parts.ts';
import {
  HAPPENED_AT,
  placeOf,
  someDelivery,
  someNews,
  somePart,
} from '../../../support/some-delivery.ts';
import { useTable } from '../../../support/table.ts';

type Told = PartNews['status'];

const table = useTable();
const opened = async (...parts: Part[]) => {
  const delivery = someDelivery(parts);
  await insertDelivery(table, delivery, HAPPENED_AT);
  return delivery;
};
const stored = async ({ channel_id, reply_id }: Delivery) =>
  (await findDelivery(table, channel_id, reply_id)) ?? expect.fail('there is no delivery');

test('when our record and the provider’s status come at once the status counts, in either order', async () => {
  for (let time = 0; time < 20; time++) {
    const delivery = await opened(somePart('sending'));
    const record = () =>
      recordParts(table, delivery, { 0: somePart('accepted', { message_id: 'wamid.1' }) });
    const status = () => advancePart(table, placeOf(delivery), someNews('sent'));
    await Promise.all(time % 2 ? [record(), status()] : [status(), record()]);
    expect((await stored(delivery)).parts[0]).toMatchObject({
      status: 'sent',
      message_id: 'wamid.1',
    });
  }
});

test('a status writes its own facts and keeps the others', async () => {
  const delivery = await opened(
    somePart('accepted', { message_id: 'wamid.1', attempts: 2, notes: ['label-cut'] }),
  );
  const pricing = { billable: true, category: 'service', type: 'free_customer_service' };
  const before = await advancePart(table, placeOf(delivery), someNews('sent', { pricing }));
  expect(before?.parts[0]?.status).toBe('accepted');
  await advancePart(table, placeOf(delivery), someNews('delivered', { at: HAPPENED_AT + 2_000 }));
  expect((await stored(delivery)).parts[0]).toEqual(
    somePart('delivered', {
      message_id: 'wamid.1',
      attempts: 2,
      notes: ['label-cut'],
      at: HAPPENED_AT + 2_000,
      pricing: JSON.stringify(pricing),
    }),
  );
});

/** What a store of numbers and attributes may stumble over. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(1e-300, 5e-324, 2 ** 60, 1e300, -0, '', '\uD800'),
  fc.dictionary(fc.constantFrom('', '#', ':v', '__proto__', 'a.b', 'size'), fc.jsonValue()),
);

test('whatever WhatsApp says of a price, the status is written, and the price is kept as it came', async () => {
  const anyPrice = fc.dictionary(fc.string(), odd, { noNullPrototype: true });
  for (const pricing of fc.sample(anyPrice, { numRuns: 60, seed: 20_261_129 })) {
    const delivery = await opened(somePart('accepted'));
    await advancePart(table, placeOf(delivery), someNews('sent', { pricing }));
    const part = (await stored(delivery)).parts[0];
    expect(part?.status).toBe('sent');
    expect(part?.pricing).toBe(JSON.stringify(pricing));
  }
});

test('a price of 200 KB for each of five parts does not fill the delivery’s item', async () => {
  const delivery = await opened(...Array.from({ length: 5 }, () => somePart('accepted')));
  const pricing = { type: 'x'.repeat(200 * 1024) };
  for (const part of [0, 1, 2, 3, 4]) {
    await advancePart(table, placeOf(delivery, part), someNews('sent', { pricing }));
  }
  expect((await stored(delivery)).parts[4]).toMatchObject({
    status: 'sent',
    pricing: '{"left_out":"too-large"}',
  });
});

test('a failed status keeps its code and reason', async () => {
  const delivery = await opened(somePart('sent'));
  await advancePart(
    table,
    placeOf(delivery),
    someNews('failed', { code: 'provider-131026', reason: 'Undeliverable' }),
  );
  expect((await stored(delivery)).parts[0]).toMatchObject({
    status: 'failed',
    rank: rankOf('failed'),
    code: 'provider-131026',
    reason: 'Undeliverable',
  });
});

test('a status for a part that was not begun changes nothing', async () => {
  const delivery = await opened(somePart('sending'));
  expect(await advancePart(table, placeOf(delivery, 1), someNews('sent'))).toBeNull();
  expect((await stored(delivery)).parts).toEqual({ 0: somePart('sending') });
});

const told: Told[] = ['sent', 'delivered', 'read', 'played', 'failed'];

test('statuses in any order, repeated and at once, leave the part where the rule says', async () => {
  const statuses = fc.array(fc.constantFrom(...told), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(statuses, fc.boolean(), async (statuses, atOnce) => {
      const delivery = await opened(somePart('sending'));
      const tell = (status: Told) => advancePart(table, placeOf(delivery), someNews(status));
      const moved: Told[] = [];
      if (atOnce) {
        const before = await Promise.all(statuses.map(tell));
        // Each writer names where the part was: put in a row these are the order in which it went.
        const steps = before.flatMap((one, at) =>
          one ? [{ from: one.parts[0]?.rank ?? -1, to: statuses[at] as Told }] : [],
        );
        moved.push(...steps.sort((a, b) => a.from - b.from).map(({ to }) => to));
      } else {
        for (const status of statuses) if (await tell(status)) moved.push(status);
      }
      let at: PartStatus = 'sending';
      for (const status of moved) {
        expect(movesForward(rankOf(at), status)).toBe(true);
        at = status;
      }
      expect((await stored(delivery)).parts[0]).toMatchObject({ status: at, rank: rankOf(at) });
      for (const status of statuses) expect(movesForward(rankOf(at), status)).toBe(false);
    }),
    { numRuns: 25 },
  );
});

test('of twenty repeats of one status at once one moves the part', async () => {
  const delivery = await opened(somePart('accepted'));
  const repeats = Array.from({ length: 20 }, () =>
    advancePart(table, placeOf(delivery), someNews('sent')),
  );
  expect((await Promise.all(repeats)).filter((before) => before !== null)).toHaveLength(1);
});

test('each part moves on independently of the others', async () => {
  const delivery = await opened(somePart('accepted'), somePart('accepted'));
  await Promise.all([
    advancePart(table, placeOf(delivery, 0), someNews('read')),
    advancePart(table, placeOf(delivery, 1), someNews('failed')),
    markTold(table, delivery, '0:accepted'),
  ]);
  const { parts, told } = await stored(delivery);
  expect([parts[0]?.status, parts[1]?.status, told]).toEqual([
    'read',
    'failed',
    new Set(['0:accepted']),
  ]);
});
