import { afterEach, expect, test } from 'vitest';
import { json } from '../../../../infra/local/http/serve.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import type { ReplyJob } from '../../../../shared/contract/jobs.ts';
import { findAlias } from '../../../../shared/store/chat/aliases.ts';
import { noteSending } from '../../../../shared/store/chat/note-sending.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { recordEarlyStatus } from '../../../../shared/store/delivery/sent-messages.ts';
import { chatKey, deliveryKey } from '../../../../shared/store/keys.ts';
import { deleteItem } from '../../../../shared/store/table.ts';
import { openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const image = { type: 'attachment', kind: 'image', url: 'https://cdn.example/a.jpg' };
const menu = (labels: string[], more = {}) => ({
  type: 'buttons',
  text: 'Which?',
  buttons: labels,
  ...more,
});
const status = (job: ReplyJob, name: 'sent' | 'failed', part = 0) => {
  const [last] = stage.provider.sent.slice(-1);
  return advancePart(
    stage.table,
    { channelId: job.channel_id, replyId: job.reply_id, part, round: 0 },
    { status: name, messageId: last?.messageId ?? '', at: 0, code: null, reason: null },
  );
};

test.each([
  'sent',
  'failed',
] as const)('what follows a file waits for its first status (%s), in the next reply too', async (name) => {
  const chat = await stage.visitor(await stage.channel({ wait_after_media_ms: 3_000 }));
  const [file, text] = [stage.job(chat, image), stage.job(chat, 'and this')];
  expect(await stage.deliver(file)).toEqual([]);
  expect(await stage.run(text)).toEqual({ waitMs: 1_000 });
  stage.pass(1_000);
  expect(await stage.run(text)).toEqual({ waitMs: 1_000 });
  await status(file, name);
  expect(await stage.run(text)).toBe('done');
});

test('what follows a file waits no longer than wait_after_media_ms, inside one reply as well', async () => {
  const chat = await stage.visitor(await stage.channel({ wait_after_media_ms: 2_500 }));
  const both = stage.job(chat, { ...image, caption: 'x'.repeat(1_100) });
  expect(await stage.deliver(both)).toEqual([1_000, 1_000, 500]);
  expect(stage.texts(chat)).toHaveLength(2);
});

test('a menu is the newest also where its status was faster than the record of its acceptance', async () => {
  const chat = await stage.visitor(await stage.channel());
  const [colours, sizes] = [
    stage.job(chat, menu(['red', 'green', 'blue', 'grey'])),
    stage.job(chat, menu(['S', 'M', 'L', 'XL'])),
  ];
  await stage.deliver(colours);
  // Statuses tell whole seconds of another clock than ours: it happened before the first menu.
  removals.push(
    stage.provider.onSend(async () => {
      await status(sizes, 'sent');
      return undefined;
    }),
  );
  stage.pass(10_000);
  await stage.deliver(sizes);
  expect((await stage.delivery(sizes)).parts[0]).toMatchObject({ status: 'sent', at: 0 });
  expect((await stage.chat(chat)).menu).toMatchObject({ reply_id: sizes.reply_id });
  await stage.run(colours); // a repeat of the older one changes nothing
  expect((await stage.chat(chat)).menu).toMatchObject({ reply_id: sizes.reply_id });
});

test('where the channel sets no wait after a file, what follows goes at once', async () => {
  const chat = await stage.visitor(await stage.channel({ wait_after_media_ms: 0 }));
  expect(await stage.deliver(stage.job(chat, { ...image, caption: 'x'.repeat(1_100) }))).toEqual(
    [],
  );
});

test('the newest accepted menu is kept, and a later message makes its numbers doubtful', async () => {
  const chat = await stage.visitor(await stage.channel());
  const first = stage.job(chat, menu(['a', 'b', 'c', 'd']), { event_id: 'evt_a' });
  await stage.deliver(first);
  expect((await stage.chat(chat)).menu).toMatchObject({
    reply_id: first.reply_id,
    event_id: 'evt_a',
    numbered: true,
    overtaken: false,
    options: [{ id: 'o1', label: 'a' }, { label: 'b' }, { label: 'c' }, { label: 'd' }],
  });
  await stage.deliver(stage.job(chat, 'same answer', { event_id: 'evt_a', index: 1 }));
  expect((await stage.chat(chat)).menu?.overtaken).toBe(false);
  await stage.deliver(stage.job(chat, 'another answer', { event_id: 'evt_b' }));
  expect((await stage.chat(chat)).menu).toMatchObject({
    reply_id: first.reply_id,
    overtaken: true,
  });
  await stage.deliver(first); // its job comes again
  expect((await stage.chat(chat)).menu?.overtaken).toBe(true);
  const second = stage.job(chat, menu(['yes', 'no']), { event_id: 'evt_c' });
  await stage.deliver(second);
  expect((await stage.chat(chat)).menu).toMatchObject({
    reply_id: second.reply_id,
    numbered: false,
    overtaken: false,
  });
});

test('a menu that was never accepted is no menu', async () => {
  const chat = await stage.visitor(await stage.channel());
  stage.provider.failNext(1, json(400, { error: { code: 131026, message: 'No' } }));
  await stage.deliver(stage.job(chat, menu(['yes', 'no'])));
  expect((await stage.chat(chat)).menu).toBeNull();
});

test('the sender dies before it notes a menu: the job that comes again notes it', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, menu(['yes', 'no']));
  await stage.deliver(job);
  const { menu: noted } = await stage.chat(chat);
  await noteSending(stage.table, chat, { menu: null });
  await stage.deliver(job);
  expect((await stage.chat(chat)).menu).toEqual(noted);
  expect(stage.texts(chat)).toHaveLength(1);
});

/** The provider spells the number its own way, in the answer to the next message. */
const spelling = (waId: string) => {
  const remove = stage.provider.onSend(({ messageId }) =>
    json(200, {
      messaging_product: 'whatsapp',
      contacts: [{ input: '+5592981723241', wa_id: waId }],
      messages: [{ id: messageId }],
    }),
  );
  removals.push(remove);
};
const leadsTo = (chat: Chat, value: string) =>
  findAlias(stage.table, { channelId: chat.channel_id, kind: 'phone', value });

test('a number the provider writes its own way leads to the same chat from then on', async () => {
  const chat = await stage.visitor(await stage.channel());
  spelling('559281723241');
  await stage.deliver(stage.job(chat, 'Olá'));
  expect(await leadsTo(chat, '559281723241')).toBe(chat.id);
  expect((await stage.chat(chat)).wa_id).toBe('559281723241');
  stage.table.calls.splice(0);
  await stage.deliver(stage.job(chat, 'Oi'));
  expect(stage.table.calls.filter((call) => call === 'PutItem')).toHaveLength(1); // its delivery
});

test('a spelling that already leads to another visitor’s chat goes on leading there', async () => {
  const channel = await stage.channel();
  const [one, other] = [await stage.visitor(channel), await stage.visitor(channel)];
  spelling('5215512345678');
  await stage.deliver(stage.job(one, 'Hola'));
  await stage.deliver(stage.job(other, 'Hola'));
  expect(await leadsTo(one, '5215512345678')).toBe(one.id);
  expect((await stage.chat(other)).wa_id).toBeNull();
});

test('statuses that came before our record, without our callback data, are queued again', async () => {
  const chat = await stage.visitor(await stage.channel());
  removals.push(
    stage.provider.onSend(async ({ messageId }) => {
      await recordEarlyStatus(
        stage.table,
        chat.channel_id,
        {
          message_id: messageId,
          status: 'failed',
          at: 1_000,
          callback: null,
          recipient: { phone: null, bsuid: null, username: null },
          errors: [{ code: 131053, title: 'Media upload error' }],
        },
        stage.deps.now(),
      );
      return undefined;
    }),
  );
  const job = stage.job(chat, 'hello');
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]?.status).toBe('accepted');
  expect(stage.queued()).toEqual([
    expect.objectContaining({
      kind: 'status',
      channel_id: chat.channel_id,
      status: expect.objectContaining({ status: 'failed', message_id: expect.any(String) }),
    }),
  ]);
});

test('a chat is erased while its reply is on the way: nothing more is written in it', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'x'.repeat(5_000));
  removals.push(
    stage.provider.onSend(async () => {
      await deleteItem(stage.table, deliveryKey(job.channel_id, job.reply_id));
      await deleteItem(stage.table, chatKey(chat.channel_id, chat.id));
      return undefined;
    }),
  );
  expect(await stage.run(job)).toBe('done');
  expect(stage.texts(chat)).toHaveLength(1);
  expect(await stage.run(stage.job(chat, 'more'))).toBe('done');
  expect(stage.texts(chat)).toHaveLength(1);
});

test('the agent is told what was cut, also when a status is faster than our own record', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, menu(['a label of more than twenty characters', 'no']));
  removals.push(
    stage.provider.onSend(async () => {
      await status(job, 'sent');
      return undefined;
    }),
  );
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'sent',
    notes: ['label-cut'],
  });
  expect(stage.queued()).toEqual([
    expect.objectContaining({
      news: expect.objectContaining({ status: 'degraded', code: 'label-cut' }),
    }),
  ]);
});
