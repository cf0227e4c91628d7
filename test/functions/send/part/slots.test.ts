// 360dialog is slow for a channel, and other channels need the sender: its replies wait for a slot.
import { afterEach, expect, test } from 'vitest';
import { openCallGates } from '../../../../functions/chain/call-gate.ts';
import { takeCallSlot } from '../../../../shared/store/channel/call-slots.ts';
import { channelKey } from '../../../../shared/store/keys.ts';
import { putItem } from '../../../../shared/store/table.ts';
import { openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const HOUR_MS = 60 * 60_000;
/** A channel whose provider is slow and whose slots are all held for an hour. */
async function channelWithoutSlot(options: Record<string, unknown>, heldForMs = HOUR_MS) {
  const now = stage.deps.now();
  const channel = await stage.channel(options, { provider_slow_until: now + HOUR_MS });
  for (let slot = 0; slot < 4; slot++) {
    const place = { channelId: channel.id, pool: 'test' };
    await takeCallSlot(stage.table, place, {
      limit: 4,
      holder: `h${slot}`,
      until: now + heldForMs,
      now,
      chance: () => 0,
    });
  }
  return channel;
}
const news = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news.code : job.kind));

test('a reply that finds no slot for as long as it may wait expires, and never goes', async () => {
  const chat = await stage.visitor(await channelWithoutSlot({ max_wait_minutes: 1 }));
  const job = stage.job(chat, 'good evening');
  const startedAt = stage.deps.now();
  await stage.deliver(job);
  expect(stage.deps.now() - startedAt).toBeLessThanOrEqual(60_000);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'expired',
    code: 'expired',
    reason: 'It waited longer than `max_wait_minutes` for its turn.',
  });
  expect(stage.texts(chat)).toEqual([]);
  expect(news()).toEqual(['expired']);
});

test('one that may have arrived, and finds no slot for its further try, ends as unknown', async () => {
  const channel = await channelWithoutSlot({ max_wait_minutes: 1 });
  const { provider_slow_until: _, ...quick } = channel;
  const chat = await stage.visitor(channel);
  const job = stage.job(chat, 'good evening');
  await putItem(stage.table, { ...channelKey(channel.id), ...quick });
  removals.push(stage.provider.onSend(() => 'reset'));
  await stage.run(job);
  await putItem(stage.table, { ...channelKey(channel.id), ...channel });
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'outcome-unknown',
    attempts: 1,
  });
  expect(news()).toEqual(['outcome-unknown']);
});

test('a send that is ended for other channels is not the one whose outcome may be unknown, but only once', async () => {
  const channel = await channelWithoutSlot({}, 15_000);
  const { provider_slow_until: _, ...quick } = channel;
  await putItem(stage.table, { ...channelKey(channel.id), ...quick });
  const chat = await stage.visitor(channel);
  const job = stage.job(chat, 'good evening');
  const usual = stage.deps.gate;
  const { table } = stage;
  const { now } = stage.deps;
  stage.deps.gate = openCallGates({
    table,
    pool: 'test',
    slots: 5,
    now,
    chance: () => 0,
    graceMs: 1_000, // enough for the message to leave, on a busy machine too
  })({
    receives: 1,
    sentAt: now(),
    firstReceivedAt: now(),
  });
  removals.push(stage.provider.onSend(() => 'no-answer'));
  await stage.run(job);
  stage.deps.gate = usual;
  const marked = { status: 'sending', attempts: 1, ended: true };
  expect((await stage.delivery(job)).parts[0]).toMatchObject(marked);
  for (const remove of removals.splice(0)) remove();
  stage.pass(20_000);
  removals.push(stage.provider.onSend(() => 'reset'));
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'outcome-unknown',
    attempts: 3,
  });
});
