// 360dialog is slow for a channel, and other channels need the sender: its replies wait for a slot.
import { afterEach, expect, test } from 'vitest';
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
async function channelWithoutSlot(options: Record<string, unknown>) {
  const now = stage.deps.now();
  const channel = await stage.channel(options, { provider_slow_until: now + HOUR_MS });
  for (let slot = 0; slot < 4; slot++) {
    const place = { channelId: channel.id, pool: 'test' };
    await takeCallSlot(stage.table, place, {
      limit: 4,
      holder: `h${slot}`,
      until: now + HOUR_MS,
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
