import { expect, test } from 'vitest';
import type { Part } from '../../../shared/contract/delivery.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { somePart } from '../../support/some-delivery.ts';
import { accepted, jobsIn, openLateStage } from './late-stage.ts';

const { table, channel, written, fail } = openLateStage();

test('a file goes again as its fallback, with the words of its turn, behind what is queued already', async () => {
  const delivery = await written(accepted());
  const entries = await fail(delivery, 131053);
  expect(jobsIn(entries)).toEqual([
    expect.objectContaining({
      reply_id: delivery.reply_id,
      turn_id: delivery.turn_id,
      reply: { type: 'text', text: 'second' },
      again: { part: 0, round: 1, as: 'fallback' },
    }),
  ]);
  expect(entries?.[0]?.MessageGroupId).toMatch(/^[\w-]{43}$/);
  expect((await findDelivery(table, channel.id, delivery.reply_id))?.parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-131053',
  });
});

test('a status the provider repeats queues the same job under the same id', async () => {
  const delivery = await written(accepted());
  const [first, second] = [await fail(delivery, 131000), await fail(delivery, 131000)];
  expect(second?.[0]?.MessageDeduplicationId).toBe(first?.[0]?.MessageDeduplicationId);
  expect(jobsIn(second)?.[0]?.again).toEqual({ part: 0, round: 1 });
});

// biome-ignore format: a table reads by column
const ends: { when: string; part?: Part; code?: number; withTurn?: boolean }[] = [
  { when: 'it will never go',                     code: 131026 },
  { when: 'it was sent again already',            part: accepted({ round: 1 }) },
  { when: 'it has no fallback',                   part: somePart('accepted', { message_id: 'wamid.1' }), code: 131053 },
  { when: 'its turn is gone',                    withTurn: false },
];

test.each(ends)('when $when the failure is the end', async ({
  part = accepted(),
  code = 131000,
  withTurn = true,
}) => {
  const round = part.round ?? 0;
  expect(await fail(await written(part, { withTurn }), code, { round })).toBeNull();
});

// biome-ignore format: a table reads by column
const others: { when: string; part: Part; messageId?: string; round?: 0 | 1 }[] = [
  { when: 'it was delivered after all',           part: somePart('delivered', { message_id: 'wamid.1' }) },
  { when: 'another message is the part by now',   part: accepted({ message_id: 'wamid.2' }) },
  { when: 'another message of it failed before',  part: somePart('failed', { message_id: 'wamid.2' }) },
  { when: 'it is the first of two',               part: accepted({ round: 1, message_id: 'wamid.2' }) },
];

test.each(others)('when $when the failure changes nothing', async ({ part, messageId, round }) => {
  const more = { ...(messageId && { messageId }), ...(round && { round }) };
  expect(await fail(await written(part), 131000, more)).toEqual([]);
});

test('a failure of a part that the reply does not have, or of a reply that is not known, is the end', async () => {
  expect(await fail(await written(accepted()), 131000, { part: 7 })).toBeNull();
  const unknown = { ...(await written(accepted())), reply_id: 'rep_none' };
  expect(await fail(unknown, 131000)).toBeNull();
});
