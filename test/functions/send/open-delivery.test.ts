import { expect, test } from 'vitest';
import type { SendDeps } from '../../../functions/send/deps.ts';
import { OpenDelivery, partAs } from '../../../functions/send/open-delivery.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { recordParts } from '../../../shared/store/delivery/record-parts.ts';
import { HAPPENED_AT, someDelivery } from '../../support/some-delivery.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const now = () => HAPPENED_AT;
let invocations = 0;
/** What one invocation of the sender has open. */
const open = (state: Delivery, stored: boolean) => {
  invocations += 1;
  const by = invocations;
  return new OpenDelivery({ table, now, chance: () => by } as unknown as SendDeps, state, {
    stored,
  });
};
const sending = () => partAs('sending', HAPPENED_AT, { attempts: 1 });

test('of two invocations that begin a reply in the same millisecond one goes on', async () => {
  const delivery = someDelivery([]);
  const [one, other] = [open(delivery, false), open(delivery, false)];
  for (const mine of [one, other]) mine.set(0, sending());
  expect([await one.flush(), await other.flush()]).toEqual([true, false]);
  expect(other.state.parts[0]).toEqual(one.state.parts[0]);
});

test('an invocation that finds a status of its part goes by that', async () => {
  const delivery = someDelivery([]);
  await insertDelivery(table, delivery, HAPPENED_AT);
  const mine = open(delivery, true);
  const accepted = partAs('accepted', HAPPENED_AT, { message_id: 'wamid.1' });
  await recordParts(table, delivery, { 0: accepted });
  mine.set(0, sending());
  expect(await mine.flush()).toBe(false);
  expect(mine.state.parts[0]).toEqual(accepted);
});

test('an invocation whose write was carried out and not answered goes on', async () => {
  const delivery = someDelivery([]);
  const one = open(delivery, false);
  one.set(0, sending());
  const hook = ({ moment, operation }: { moment: string; operation: string }) => {
    if (moment !== 'after' || operation !== 'PutItem') return 'pass' as const;
    table.hooks.delete(hook);
    return 'fail' as const;
  };
  table.hooks.add(hook);
  expect(await one.flush()).toBe(true);
});

test('what is open and not stored is read anew, and is up to date only while nothing stands there', async () => {
  const delivery = someDelivery([]);
  const mine = open(delivery, false);
  expect(await mine.isUpToDate()).toBe(true);
  await insertDelivery(table, { ...delivery, notes: ['template-sent'] }, HAPPENED_AT);
  expect(await mine.isUpToDate()).toBe(false);
  expect(mine.state.notes).toEqual(['template-sent']);
  expect(await mine.isUpToDate()).toBe(true);
});
