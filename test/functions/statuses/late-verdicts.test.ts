// Late failures that say something about the chat or the channel, not about the message alone.
import { expect, test } from 'vitest';
import type { Part } from '../../../shared/contract/delivery.ts';
import { isWindowOpen } from '../../../shared/rules/window/window.ts';
import { findChannel } from '../../../shared/store/channel/channels.ts';
import { findChat } from '../../../shared/store/chat/find-chat.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { HAPPENED_AT, somePart } from '../../support/some-delivery.ts';
import { accepted, jobsIn, openLateStage } from './late-stage.ts';

const { table, channel, written, fail } = openLateStage();

let made = 0;
/** The chat of a visitor who wrote so many seconds before the message left. */
async function visitor(secondsBefore: number): Promise<string> {
  made += 1;
  const chatId = `chat-${made}`;
  const names = { phone: `49171392${made}`, bsuid: null, username: null, name: 'Anna' };
  const inboundAt = HAPPENED_AT - secondsBefore * 1_000;
  const place = { channelId: channel.id, chatId, eventId: 'evt_0', now: HAPPENED_AT };
  await recordInbound(table, { ...place, ...names, inboundAt });
  return chatId;
}
const isOpen = async (chatId: string) => {
  const chat = await findChat(table, channel.id, chatId, { consistent: true });
  return isWindowOpen(chat ?? expect.fail('there is no chat'), HAPPENED_AT);
};

test('a window that was closed after all is closed in our record too, and the policy decides about the part', async () => {
  const chatId = await visitor(3_600);
  const delivery = await written(accepted(), { chatId });
  const entries = await fail(delivery, 131047);
  expect(jobsIn(entries)?.[0]?.again).toEqual({ part: 0, round: 1, window: 'refuted' });
  expect(await isOpen(chatId)).toBe(false);
});

test('a closed window right after the visitor wrote is doubted: the part goes once more, and the window stays open', async () => {
  const chatId = await visitor(5);
  const delivery = await written(accepted(), { chatId });
  expect(jobsIn(await fail(delivery, 131047))?.[0]?.again).toEqual({
    part: 0,
    round: 1,
    window: 'doubted',
  });
  expect(await isOpen(chatId)).toBe(true);
  const tried = accepted({ round: 1, window_doubted: true });
  const second = await written(tried, { chatId });
  expect(jobsIn(await fail(second, 131047, { round: 1 }))?.[0]?.again).toEqual({
    part: 0,
    round: 2,
    window: 'refuted',
  });
  expect(await isOpen(chatId)).toBe(false);
});

test('the policy decides once: when the provider says it again, the failure is the end', async () => {
  const chatId = await visitor(3_600);
  const decided = accepted({ round: 1, window_refuted: true });
  const delivery = await written(decided, { chatId });
  expect(await fail(delivery, 131047, { round: 1 })).toBeNull();
});

test('a visitor who has written since the message left keeps the window open, and the part goes again', async () => {
  const chatId = await visitor(-5);
  const before = accepted({ at: HAPPENED_AT - 100_000, window_doubted: true });
  const delivery = await written(before, { chatId });
  expect(jobsIn(await fail(delivery, 131047))?.[0]?.again).toMatchObject({ window: 'doubted' });
  expect(await isOpen(chatId)).toBe(true);
});

const healthy = () => putItem(table, { ...channelKey(channel.id), ...channel, active: true });
const block = async () => (await findChannel(table, channel.id))?.blocked;

test('a late account-level failure marks the channel, and the part goes again once the mark is gone, but once only', async () => {
  await healthy();
  const delivery = await written(accepted());
  expect(jobsIn(await fail(delivery, 131042))?.[0]?.again).toEqual({ part: 0, round: 1 });
  expect(await block()).toMatchObject({ code: 131042 });
  expect((await findDelivery(table, channel.id, delivery.reply_id))?.parts[0]).toMatchObject({
    status: 'failed',
    goes_again: true,
  });
  const again = await written(accepted({ round: 1 }));
  expect(await fail(again, 131042, { round: 1 })).toBeNull();
});

// biome-ignore format: a table reads by column
const stale: { when: string; part?: Part; passed?: number }[] = [
  { when: 'it comes again, days after',        part: somePart('failed', { message_id: 'wamid.1' }) },
  { when: 'the message was delivered',         part: somePart('delivered', { message_id: 'wamid.1' }) },
  { when: 'it is ten minutes old',             passed: 10 * 60_000 + 1_000 }, // it failed a second in
];

test.each(stale)('the failure does not mark a healed channel when $when', async ({
  part = accepted(),
  passed = 0,
}) => {
  await healthy();
  await fail(await written(part), 131042, { now: HAPPENED_AT + passed });
  expect(await block()).toBeUndefined();
});

test('more refusals do not put the probe off', async () => {
  await healthy();
  await fail(await written(accepted()), 131042);
  const [first] = await probes();
  await fail(await written(accepted()), 131042, { now: HAPPENED_AT + 50_000 });
  expect(await probes()).toEqual([first]);
});
const probes = async () =>
  (await table.everything()).filter(({ pk }) => String(pk).startsWith('DUE#'));
