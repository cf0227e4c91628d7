import { expect, test } from 'vitest';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { someDelivery } from '../../../support/some-delivery.ts';
import { openSendStage } from '../stage.ts';

const stage = openSendStage();
const HOUR = 60 * 60_000;

test('an id of the agent’s within 24 hours is the same reply: nothing is sent', async () => {
  const chat = await stage.visitor(await stage.channel());
  const reply = { type: 'text', text: 'your order is on its way', id: 'order-1' };
  const first = stage.job(chat, reply);
  await stage.deliver(first);
  stage.pass(24 * HOUR - 120_000);
  await stage.visit(chat);
  const again = stage.job(chat, { ...reply, text: 'other words' });
  expect(again.reply_id).toBe(first.reply_id);
  await stage.deliver(again);
  expect(stage.texts(chat)).toEqual(['your order is on its way']);
  expect((await stage.delivery(again)).event_id).toBe(first.event_id);
});

test('after 24 hours it is a new reply, with a delivery of its own', async () => {
  const chat = await stage.visitor(await stage.channel());
  const reply = { type: 'text', text: 'good morning', id: 'greeting' };
  const first = stage.job(chat, reply);
  await stage.deliver(first);
  const [before] = stage.provider.sent.slice(-1);
  stage.pass(24 * HOUR);
  await stage.visit(chat);
  const next = stage.job(chat, { ...reply, text: 'good morning again' });
  await stage.deliver(next);
  expect(stage.texts(chat)).toEqual(['good morning', 'good morning again']);
  expect(await stage.delivery(next)).toMatchObject({
    event_id: next.event_id,
    turn_id: next.turn_id,
    accepted_at: next.accepted_at,
    parts: { 0: { status: 'accepted', attempts: 1 } },
  });

  // A status of yesterday's message, which has the same name, is not one of today's.
  const moved = await advancePart(
    stage.table,
    { channelId: chat.channel_id, replyId: next.reply_id, part: 0, round: 0 },
    {
      status: 'read',
      messageId: before?.messageId ?? '',
      at: stage.deps.now(),
      code: null,
      reason: null,
    },
  );
  expect(moved).toBeNull();

  // The job of today, come again, is today's.
  expect(await stage.deliver(next)).toEqual([]);
  expect(stage.texts(chat)).toHaveLength(2);
});

test('an id of a file, too, names one reply for 24 hours: its delivery is looked at before the file is fetched', async () => {
  const chat = await stage.visitor(await stage.channel({ wait_after_media_ms: 0 }));
  const url = 'https://10.0.0.7/menu.png'; // nothing to fetch there: it goes by its link
  const reply = { type: 'attachment', kind: 'image', url, send_as: 'file', id: 'menu' };
  await stage.deliver(stage.job(chat, reply));
  await stage.deliver(stage.job(chat, reply));
  stage.pass(24 * HOUR);
  await stage.visit(chat);
  await stage.deliver(stage.job(chat, reply));
  expect(stage.texts(chat)).toHaveLength(2);
});

test('a reply of the messages endpoint, whose delivery is only queued, is sent once', async () => {
  const chat = await stage.visitor(await stage.channel({ wait_after_media_ms: 0 }));
  const file = {
    type: 'attachment',
    kind: 'image',
    url: 'https://10.0.0.7/a.png',
    send_as: 'file',
  };
  for (const reply of ['text', file]) {
    const job = stage.job(chat, reply);
    const { channel_id, reply_id, chat_id, turn_id, accepted_at } = job;
    const facts = { channel_id, reply_id, chat_id, turn_id, accepted_at, id: null };
    await insertDelivery(
      stage.table,
      someDelivery([], { ...facts, queued: true }),
      stage.deps.now(),
    );
    await stage.deliver(job);
    await stage.deliver(job);
    const delivery = await stage.delivery(job);
    expect(delivery).not.toHaveProperty('queued');
    expect(delivery.parts[0]).toMatchObject({ status: 'accepted', attempts: 1 });
  }
  expect(stage.texts(chat)).toHaveLength(2);
});

test('a job that comes again a day late is no new reply', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, { type: 'text', text: 'once', id: 'late' });
  await stage.deliver(job);
  stage.pass(30 * HOUR);
  await stage.visit(chat);
  expect(await stage.deliver(job)).toEqual([]);
  expect(stage.texts(chat)).toEqual(['once']);
});
