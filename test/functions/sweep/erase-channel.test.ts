import { expect, test } from 'vitest';
import { queueDue } from '../../../functions/sweep/queue-due.ts';
import { scheduleErasure } from '../../../shared/store/channel/channel-erasure.ts';
import {
  acceptedKey,
  aliasKey,
  callSlotsKey,
  channelKey,
  chatKey,
  deadLetterKey,
  deliveryKey,
  formerIdKey,
  type Key,
  lastSeenKey,
  mediaMissesKey,
  olderTurnsKey,
  sentMessageKey,
  turnKey,
  uploadsKey,
} from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { dieBeforeCall } from '../../support/die-before-call.ts';
import { MINUTE, NOW, openSweepStage } from './stage.ts';

const stage = openSweepStage();
const { table } = stage;

/** One item of each kind that belongs to a channel. */
const kinds = (channelId: string): Key[] => [
  lastSeenKey(channelId),
  mediaMissesKey(channelId),
  uploadsKey(channelId),
  callSlotsKey(channelId, 'worker'),
  aliasKey(channelId, 'phone', '491713920042'),
  aliasKey(channelId, 'bsuid', 'DE.7340021985561204'),
  formerIdKey(channelId, '491713920042|dialog360'),
  chatKey(channelId, 'c1'),
  olderTurnsKey(channelId, 'c1', 'list'),
  acceptedKey(channelId, 'hash'),
  turnKey(channelId, 'evt_1'),
  deliveryKey(channelId, 'rep_1'),
  sentMessageKey(channelId, 'wamid.1'),
  deadLetterKey(channelId, NOW, 'evt_1'),
];
async function put(...keys: Key[]): Promise<void> {
  for (let at = 0; at < keys.length; at += 50) {
    await Promise.all(keys.slice(at, at + 50).map((key) => putItem(table, { ...key })));
  }
}
const channel = (id: string, more: object) =>
  putItem(table, { ...channelKey(id), id, version: 1, ...more });
const deleted = { deleted_at: new Date(NOW).toISOString() };
const sweepAt = (at: number) => queueDue({ ...stage.deps, now: () => at });

interface Position {
  job?: { round: number; after?: Key };
  at?: number;
}
/** The job of the erasure that is under way. */
const underWay = async () => (await table.everything()).find(({ pk }) => isDue(pk)) as Position;
const isDue = (pk: unknown) => String(pk).startsWith('DUE#');
const keysOf = async (channelId: string) =>
  (await table.everything()).filter(({ pk }) => String(pk).includes(channelId)).length;

test('a deleted channel loses everything but its tombstone, in two rounds, and other channels nothing', async () => {
  await channel('ch_1', deleted);
  await channel('ch_2', {});
  await put(...kinds('ch_1'), ...kinds('ch_2'));
  await scheduleErasure(table, 'ch_1', NOW);
  await sweepAt(NOW);
  expect(await keysOf('ch_1')).toBe(1);
  expect(await table.look(channelKey('ch_1'))).toMatchObject(deleted);
  expect(await underWay()).toMatchObject({ at: NOW + 5 * MINUTE, job: { round: 2 } });

  // A function that began before the deletion has written since.
  await put(chatKey('ch_1', 'c2'), aliasKey('ch_1', 'phone', '491713920043'));
  await sweepAt(NOW + 4 * MINUTE);
  expect(await keysOf('ch_1')).toBe(3);
  await sweepAt(NOW + 5 * MINUTE);
  expect(await keysOf('ch_1')).toBe(1);
  expect(await underWay()).toBeUndefined();
  expect(await keysOf('ch_2')).toBe(kinds('ch_2').length + 1);
  expect(stage.sqs.calls).toEqual([]);
});

test('when the deletion was not carried out, its erasure removes nothing and is over', async () => {
  await channel('ch_1', {});
  await put(...kinds('ch_1'));
  await scheduleErasure(table, 'ch_1', NOW);
  await sweepAt(NOW);
  expect(await keysOf('ch_1')).toBe(kinds('ch_1').length + 1);
  expect(await underWay()).toBeUndefined();
});

test('an erasure that has no more time goes on in the next run, from a place that names no visitor', async () => {
  await channel('ch_1', deleted);
  // DynamoDB ends a page at a megabyte, whatever of it is asked for.
  const words = 'x'.repeat(300_000);
  for (let at = 0; at < 12; at++) {
    await put(aliasKey('ch_1', 'phone', `4917139${20_000 + at}`));
    await putItem(table, { ...turnKey('ch_1', `evt_${at}`), words });
  }
  await scheduleErasure(table, 'ch_1', NOW);
  let asked = 0;
  const hurried = { ...stage.deps, now: () => NOW + asked++ * 60_000 };
  const left: number[] = [];
  for (let run = 0; run < 2; run++) {
    await queueDue(hurried);
    left.push(await keysOf('ch_1'));
    const { job } = await underWay();
    expect(job).toMatchObject({ round: 1, after: { pk: expect.stringMatching(/^TURN#ch_1#/) } });
    await scheduledNow();
  }
  expect(left).toEqual([expect.any(Number), expect.any(Number)]);
  expect(left[1]).toBeLessThan(left[0] ?? 0);
  await sweepAt(NOW + 60 * MINUTE);
  expect(await keysOf('ch_1')).toBe(1);
  expect(await underWay()).toMatchObject({ job: { round: 2 } });
});

/** The next run of a test comes at a time of its own. */
async function scheduledNow(): Promise<void> {
  const due = (await underWay()) as Record<string, unknown>;
  const list = { at: NOW, gsi_sk: `${new Date(NOW).toISOString()}#${due.id}` };
  await putItem(table, { ...(due as unknown as Key), ...due, ...list });
}

test.each([
  1, 2, 3, 5, 9, 15, 19,
])('an erasure that dies before call %i is done by the next run', async (dies) => {
  await channel('ch_1', deleted);
  await put(...kinds('ch_1'));
  await scheduleErasure(table, 'ch_1', NOW);
  const hook = dieBeforeCall(dies);
  table.hooks.add(hook);
  await sweepAt(NOW).catch(() => {});
  table.hooks.delete(hook);
  await sweepAt(NOW);
  expect(await keysOf('ch_1')).toBe(1);
  expect(await underWay()).toMatchObject({ job: { round: 2 } });
});
