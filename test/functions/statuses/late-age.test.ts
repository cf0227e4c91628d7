// A reply goes again only while it is young: Saturday's answer must be the last the visitor reads.
import { expect, test } from 'vitest';
import type { Part } from '../../../shared/contract/delivery.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { HAPPENED_AT } from '../../support/some-delivery.ts';
import { accepted, jobsIn, openLateStage } from './late-stage.ts';

const { table, channel, written, fail, report } = openLateStage();
const MAX_WAIT_MS = channel.options.max_wait_minutes * 60_000;

// biome-ignore format: a table reads by column
const kinds = [
  { what: 'a file that could not be fetched',  code: 131053 },
  { what: 'something that passes',             code: 131000 },
  { what: 'a limit',                           code: 130429 },
  { what: 'a closed window',                   code: 131047 },
  { what: 'a blocked account',                 code: 131042 },
];

test.each(kinds)('$what sends a reply again only within max_wait_minutes', async ({ code }) => {
  const facts = { phone: '491713920042', bsuid: null, username: null, name: 'Anna' };
  const place = { channelId: channel.id, chatId: 'c1', eventId: 'evt_0', now: HAPPENED_AT };
  await recordInbound(table, { ...place, ...facts, inboundAt: HAPPENED_AT - 3_600_000 });
  const young = await written(accepted());
  const late = { now: HAPPENED_AT + MAX_WAIT_MS - 1 };
  expect(jobsIn(await fail(young, code, late))?.[0]).toMatchObject({
    again: { part: 0, round: 1 },
    accepted_at: HAPPENED_AT, // it does not become young again
  });
  const old = await written(accepted());
  expect(await fail(old, code, { now: HAPPENED_AT + MAX_WAIT_MS })).toBeNull();
});

test('a reply that was released from the park is as old as its release', async () => {
  const acceptedAt = HAPPENED_AT - 5 * 24 * 3_600_000;
  const released = accepted({ released_at: HAPPENED_AT });
  expect(await fail(await written(released, { acceptedAt }), 131000)).toHaveLength(1);
  expect(await fail(await written(accepted(), { acceptedAt }), 131000)).toBeNull();
});

const news = (entries: { MessageBody: string }[]) =>
  entries.map(({ MessageBody }) => JSON.parse(MessageBody).news);
const partOf = async (replyId: string): Promise<Part | undefined> =>
  (await findDelivery(table, channel.id, replyId))?.parts[0];

test('Monday’s failure that is reported on Saturday is the end of Monday’s answer, and the agent is told', async () => {
  const { reply_id, ...delivery } = await written(accepted());
  const saturday = { now: HAPPENED_AT + 5 * 24 * 3_600_000 };
  const told = await report({ ...delivery, reply_id }, 131000, saturday);
  expect(news(told)).toEqual([expect.objectContaining({ reply_id, status: 'failed', part: 0 })]);
  expect(await partOf(reply_id)).toMatchObject({ status: 'failed', code: 'provider-131000' });
});

test('a failure that was recorded and whose job was never queued is the end once the reply is old, and the agent is told', async () => {
  const delivery = await written(accepted());
  const { reply_id } = delivery;
  expect(await report(delivery, 131000)).toHaveLength(1);
  expect(await partOf(reply_id)).toMatchObject({ status: 'failed', goes_again: true });
  // The function died before it queued the job, and the provider repeats the status days later.
  const saturday = { now: HAPPENED_AT + 5 * 24 * 3_600_000 };
  expect(news(await report(delivery, 131000, saturday))).toEqual([
    expect.objectContaining({ reply_id, status: 'failed' }),
  ]);
  expect(await partOf(reply_id)).not.toHaveProperty('goes_again');
  expect(await report(delivery, 131000, saturday)).toEqual([]);
});
