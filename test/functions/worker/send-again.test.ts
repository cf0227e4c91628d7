import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerDeps } from '../../../functions/worker/deps.ts';
import { sendAgain } from '../../../functions/worker/send-again.ts';
import { type Channel, channelOptionsSchema } from '../../../shared/contract/channel.ts';
import type { Delivery, Part } from '../../../shared/contract/delivery.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import type { Generation } from '../../../shared/rules/callback-data.ts';
import { isWindowOpen } from '../../../shared/rules/window.ts';
import { findChannel } from '../../../shared/store/channels.ts';
import { findChat } from '../../../shared/store/chats.ts';
import { findDelivery, openDelivery } from '../../../shared/store/deliveries.ts';
import { hear } from '../../../shared/store/hear.ts';
import { channelKey, putItem } from '../../../shared/store/table.ts';
import { beginTurn, endTurn } from '../../../shared/store/turns.ts';
import {
  HAPPENED_AT,
  placeOf,
  someDelivery,
  someNews,
  somePart,
} from '../../support/some-delivery.ts';
import { type SqsDouble, startSqsDouble } from '../../support/sqs-double.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
let sqs: SqsDouble;
let deps: WorkerDeps;
beforeAll(async () => {
  log.setLogLevel('SILENT');
  sqs = await startSqsDouble(() => ({ fails: [] }));
  process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
  const { outbound } = openQueues({ outbound: 'https://sqs.example/outbound.fifo' });
  deps = {
    table,
    queues: { outbound },
    probeIntervalMs: 60_000,
    now: () => HAPPENED_AT,
  } as unknown as WorkerDeps;
});
afterAll(() => sqs.stop());

const channel = {
  id: 'ch_1',
  secret_version: 1,
  options: parse(channelOptionsSchema, {}),
} as Channel;
const accepted = (more: Partial<Part> = {}) =>
  somePart('accepted', { message_id: 'wamid.1', has_fallback: true, ...more });

let made = 0;
/** A ledger with one part, and the turn it came of, which said two things. */
async function written(part: Part, { withTurn = true, chatId = 'c1' } = {}): Promise<Delivery> {
  made += 1;
  const turn_id = `evt_${made}`;
  const more = { turn_id, event_id: turn_id, index: 1, chat_id: chatId };
  const delivery = someDelivery([part], more);
  await openDelivery(table, delivery, HAPPENED_AT);
  if (!withTurn) return delivery;
  const place = { channelId: channel.id, eventId: turn_id };
  await beginTurn(table, place, HAPPENED_AT);
  const answer = { replies: ['first', { type: 'text', text: 'second' }], dialog: 'open' as const };
  const outcome = { kind: 'answered' as const, answer };
  await endTurn(table, place, { chatId: 'c1', outcome, now: HAPPENED_AT });
  return delivery;
}

/** What is queued when the part's message fails with this code. Null: the failure is the end. */
async function fail(
  delivery: Delivery,
  code: number,
  { messageId = 'wamid.1', generation = 0 as Generation } = {},
  by = deps,
) {
  const before = sqs.calls.length;
  const isOver = await sendAgain(by, {
    channel,
    place: placeOf(delivery, 0, generation),
    news: someNews('failed', { code: `provider-${code}`, messageId }),
    status: {
      message_id: messageId,
      status: 'failed',
      at: HAPPENED_AT,
      callback: null,
      recipient: { phone: null, bsuid: null, username: null },
      errors: [{ code, title: 'No' }],
    },
  });
  const entries = sqs.calls.slice(before).flatMap(({ input }) => input.Entries);
  if (!isOver) expect(entries).toEqual([]);
  return isOver ? entries : null;
}
const jobsIn = (entries: { MessageBody: string }[] | null) =>
  entries?.map(({ MessageBody }) => JSON.parse(MessageBody) as ReplyJob);

test('a file goes again by its way out, with the words of its turn, behind what is queued already', async () => {
  const delivery = await written(accepted());
  const entries = await fail(delivery, 131053);
  expect(jobsIn(entries)).toEqual([
    expect.objectContaining({
      reply_id: delivery.reply_id,
      turn_id: delivery.turn_id,
      reply: { type: 'text', text: 'second' },
      again: { part: 0, generation: 1, as: 'fallback' },
    }),
  ]);
  expect(entries?.[0]?.MessageGroupId).toMatch(/^[\w-]{43}$/);
  expect((await findDelivery(table, channel.id, delivery.reply_id))?.parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-131053',
  });
});

test('the provider repeats itself: the same job under the same id, which SQS and the sender know', async () => {
  const delivery = await written(accepted());
  const [first, second] = [await fail(delivery, 131000), await fail(delivery, 131000)];
  expect(second?.[0]?.MessageDeduplicationId).toBe(first?.[0]?.MessageDeduplicationId);
  expect(jobsIn(second)?.[0]?.again).toEqual({ part: 0, generation: 1 });
});

// biome-ignore format: a table reads by column
const ends: { when: string; part?: Part; code?: number; withTurn?: boolean }[] = [
  { when: 'it will never go',                     code: 131026 },
  { when: 'it was sent again already',            part: accepted({ generation: 1 }) },
  { when: 'it has no way out',                    part: somePart('accepted', { message_id: 'wamid.1' }), code: 131053 },
  { when: 'nobody knows its words any more',      withTurn: false },
];

test.each(ends)('when $when the failure is the end', async ({
  part = accepted(),
  code = 131000,
  withTurn = true,
}) => {
  const generation = part.generation ?? 0;
  expect(await fail(await written(part, { withTurn }), code, { generation })).toBeNull();
});

// biome-ignore format: a table reads by column
const others: { when: string; part: Part; messageId?: string; generation?: 0 | 1 }[] = [
  { when: 'it was delivered after all',           part: somePart('delivered', { message_id: 'wamid.1' }) },
  { when: 'another message is the part by now',   part: accepted({ message_id: 'wamid.2' }) },
  { when: 'another message of it failed before',  part: somePart('failed', { message_id: 'wamid.2' }) },
  { when: 'it is the first of two',               part: accepted({ generation: 1, message_id: 'wamid.2' }) },
];

test.each(others)('when $when the failure is nobody’s news', async ({
  part,
  messageId,
  generation,
}) => {
  const more = { ...(messageId && { messageId }), ...(generation && { generation }) };
  expect(await fail(await written(part), 131000, more)).toEqual([]);
});

/** Somebody who wrote so many seconds before the message left. */
async function visitor(secondsBefore: number): Promise<string> {
  made += 1;
  const chatId = `chat-${made}`;
  const names = { phone: `49171392${made}`, bsuid: null, username: null, name: 'Anna' };
  const inboundAt = HAPPENED_AT - secondsBefore * 1_000;
  const place = { channelId: channel.id, chatId, eventId: 'evt_0', now: HAPPENED_AT };
  await hear(table, { ...place, ...names, inboundAt });
  return chatId;
}
const isOpen = async (chatId: string) => {
  const chat = await findChat(table, channel.id, chatId, { consistent: true });
  return isWindowOpen(chat ?? expect.fail('there is no chat'), HAPPENED_AT);
};

test('the window was closed after all: our record says so, and the policy decides about the same part', async () => {
  const chatId = await visitor(3_600);
  const delivery = await written(accepted(), { chatId });
  const entries = await fail(delivery, 131047);
  expect(jobsIn(entries)?.[0]?.again).toEqual({ part: 0, generation: 1, window: 'refuted' });
  expect(await isOpen(chatId)).toBe(false);
});

test('said right after they wrote it is doubted: once more as it is, and the window stays open', async () => {
  const chatId = await visitor(5);
  const delivery = await written(accepted(), { chatId });
  expect(jobsIn(await fail(delivery, 131047))?.[0]?.again).toEqual({
    part: 0,
    generation: 1,
    window: 'doubted',
  });
  expect(await isOpen(chatId)).toBe(true);
  const tried = accepted({ generation: 1, window_doubted: true });
  const second = await written(tried, { chatId });
  expect(jobsIn(await fail(second, 131047, { generation: 1 }))?.[0]?.again).toEqual({
    part: 0,
    generation: 2,
    window: 'refuted',
  });
  expect(await isOpen(chatId)).toBe(false);
});

test('the policy decides once: said again, it is the end', async () => {
  const chatId = await visitor(3_600);
  const decided = accepted({ generation: 1, window_refuted: true });
  const delivery = await written(decided, { chatId });
  expect(await fail(delivery, 131047, { generation: 1 })).toBeNull();
});

test('who has written since the message left keeps the window open, and the part goes again', async () => {
  const chatId = await visitor(-5);
  const before = accepted({ at: HAPPENED_AT - 100_000, window_doubted: true });
  const delivery = await written(before, { chatId });
  expect(jobsIn(await fail(delivery, 131047))?.[0]?.again).toMatchObject({ window: 'refuted' });
  expect(await isOpen(chatId)).toBe(true);
});

const healthy = () => putItem(table, { ...channelKey(channel.id), ...channel, active: true });
const block = async () => (await findChannel(table, channel.id))?.blocked;

test('a late account-level failure marks the channel, and the part goes again behind the mark, once', async () => {
  await healthy();
  const delivery = await written(accepted());
  expect(jobsIn(await fail(delivery, 131042))?.[0]?.again).toEqual({ part: 0, generation: 1 });
  expect(await block()).toMatchObject({ code: 131042 });
  expect((await findDelivery(table, channel.id, delivery.reply_id))?.parts[0]).toMatchObject({
    status: 'failed',
    goes_again: true,
  });
  const again = await written(accepted({ generation: 1 }));
  expect(await fail(again, 131042, { generation: 1 })).toBeNull();
});

// biome-ignore format: a table reads by column
const stale: { when: string; part?: Part; passed?: number }[] = [
  { when: 'it comes again, days after',        part: somePart('failed', { message_id: 'wamid.1' }) },
  { when: 'the message was delivered',         part: somePart('delivered', { message_id: 'wamid.1' }) },
  { when: 'it is older than ten minutes',      passed: 11 * 60_000 },
];

test.each(stale)('a channel that is healed stays so when $when', async ({
  part = accepted(),
  passed = 0,
}) => {
  await healthy();
  const later = { ...deps, now: () => HAPPENED_AT + passed };
  await fail(await written(part), 131042, {}, later);
  expect(await block()).toBeUndefined();
});

test('refusals that trickle in leave the probe its time', async () => {
  await healthy();
  await fail(await written(accepted()), 131042);
  const [first] = await probes();
  const later = { ...deps, now: () => HAPPENED_AT + 50_000 };
  await fail(await written(accepted()), 131042, {}, later);
  expect(await probes()).toEqual([first]);
});
const probes = async () =>
  (await table.everything()).filter(({ pk }) => String(pk).startsWith('DUE#'));
