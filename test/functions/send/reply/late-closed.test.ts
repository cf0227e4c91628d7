// Failures that come late, by the status queue, of messages the closed window has to do with.
import { expect, test } from 'vitest';
import type { StatusesDeps } from '../../../../functions/statuses/deps.ts';
import { recordStatus } from '../../../../functions/statuses/record-status.ts';
import type { Channel } from '../../../../shared/contract/channel.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import type { ReplyJob } from '../../../../shared/contract/jobs.ts';
import { openQueues } from '../../../../shared/queues/queue.ts';
import { callbackData } from '../../../../shared/rules/delivery/callback-data.ts';
import { isWindowOpen } from '../../../../shared/rules/window/window.ts';
import { DAY, FALLBACK, HOUR, openParkStage } from '../park-stage.ts';

const stage = openParkStage();
const MINUTE = 60_000;

/** The message failed: what the function `statuses` makes of it. Returns the jobs it has for the sender. */
async function failsLate(channel: Channel, replyId: string, messageId: string, code: number) {
  const before = stage.queued().length;
  const queues = openQueues({
    outbound: 'https://sqs.example/outbound.fifo',
    news: 'https://sqs.example/news',
  });
  const at = stage.deps.now();
  await recordStatus({ ...stage.deps, queues } as unknown as StatusesDeps, {
    channel,
    receivedAt: at,
    status: {
      message_id: messageId,
      status: 'failed',
      at,
      callback: callbackData({ replyId, part: 0, round: 0 }, `evt_${'0'.repeat(32)}`),
      recipient: { phone: null, bsuid: null, username: null },
      errors: [{ code, title: 'No' }],
    },
  });
  const queued: (ReplyJob | { kind: string })[] = stage.queued().slice(before);
  return queued.filter((job): job is ReplyJob => job.kind === 'reply');
}
const messageIds = ({ phone }: Chat) =>
  stage.provider.sent
    .filter(({ request }) => request.phone === phone)
    .map(({ messageId }) => messageId);
const lastId = (chat: Chat) => messageIds(chat).at(-1) ?? expect.fail('nothing was sent');
const told = () =>
  stage
    .queued()
    .flatMap((job) => (job.kind === 'delivery-news' ? [job.news] : []))
    .map(({ reply_id, status, code, note }) => ({ reply_id, status, code, note }));

test('"closed", read twice, does not close the window of a visitor who has written since', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, { inboundAt: stage.deps.now() - 3 * HOUR });
  const job = await stage.say(chat, 'hello');
  const id = lastId(chat);
  stage.pass(2 * MINUTE);
  await stage.visit(chat);
  stage.pass(2 * MINUTE);
  for (const _ of ['first', 'again']) {
    await failsLate(channel, job.reply_id, id, 131047);
    expect(isWindowOpen(await stage.chat(chat), stage.deps.now())).toBe(true);
  }
});

test('three replies meet "closed" late, in another order: they wait and go in their own', async () => {
  const channel = await stage.parking();
  const chat = await stage.visitor(channel, { inboundAt: stage.deps.now() - HOUR });
  const jobs = await stage.answer(chat, ['one', 'two', 'three']);
  for (const job of jobs) await stage.deliver(job);
  const ids = messageIds(chat);
  for (const at of [2, 0, 1]) {
    const replyId = jobs[at]?.reply_id ?? '';
    for (const again of await failsLate(channel, replyId, ids[at] ?? '', 131047)) {
      await stage.deliver(again);
    }
  }
  expect(await stage.parked(chat)).toEqual(jobs.map(({ reply_id }) => reply_id));
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat).slice(3)).toEqual(['one', 'two', 'three']);
});

test('a fallback template fails late: the agent hears it of its own reply, and the next one asks again', async () => {
  const channel = await stage.telling({ fallback_template: FALLBACK });
  const chat = await stage.silent(channel);
  const one = await stage.say(chat, 'one', { eventId: null });
  const { fallback_reply_id: template = '' } = await stage.delivery(one);
  const id = lastId(chat);
  expect(await failsLate(channel, template, id, 131049)).toEqual([]);
  const reply_id = one.reply_id;
  const waits = { reply_id, status: 'parked', code: 'window-closed' };
  expect(told()).toEqual([
    { ...waits, note: 'template-sent' },
    { ...waits, note: 'fallback-template-failed' },
  ]);
  expect((await stage.delivery(one)).notes).toEqual(['fallback-template-failed']);
  expect(await stage.parked(chat)).toEqual([reply_id]);

  // The provider repeats itself.
  await failsLate(channel, template, id, 131049);
  expect(told()).toHaveLength(2);
  stage.pass(HOUR);
  await stage.say(chat, 'two');
  expect(stage.texts(chat)).toEqual([FALLBACK.name, FALLBACK.name]);
});

test('a reply whose template failed late is told as refused, fallback-template-failed', async () => {
  const channel = await stage.channel({
    if_window_closed: 'template',
    fallback_template: FALLBACK,
  });
  const chat = await stage.silent(channel);
  const job = await stage.say(chat, 'one');
  const { fallback_reply_id: template = '' } = await stage.delivery(job);
  await failsLate(channel, template, lastId(chat), 131026);
  const { reply_id } = job;
  expect(told()).toEqual([
    { reply_id, status: 'refused', code: 'window-closed', note: 'template-sent' },
    {
      reply_id,
      status: 'refused',
      code: 'fallback-template-failed',
      note: 'fallback-template-failed',
    },
  ]);
});

test('a template that could go once more does not after the visitor has written', async () => {
  const channel = await stage.parking({ fallback_template: FALLBACK });
  const chat = await stage.silent(channel);
  const job = await stage.say(chat, 'one');
  const { fallback_reply_id: template = '' } = await stage.delivery(job);
  const id = lastId(chat);
  await stage.visit(chat);
  await stage.release(chat);
  expect(await failsLate(channel, template, id, 131000)).toEqual([]);
  expect(stage.texts(chat)).toEqual([FALLBACK.name, 'one']);
  const { parts } = await stage.delivery({ ...job, reply_id: template });
  expect(parts[0]).toMatchObject({ status: 'failed', code: 'provider-131000' });
});

test('a template that could go once more does while the visitor is silent', async () => {
  const channel = await stage.parking({ fallback_template: FALLBACK });
  const chat = await stage.silent(channel);
  const job = await stage.say(chat, 'one');
  const { fallback_reply_id: template = '' } = await stage.delivery(job);
  for (const again of await failsLate(channel, template, lastId(chat), 131000)) {
    await stage.deliver(again);
  }
  expect(stage.texts(chat)).toEqual([FALLBACK.name, FALLBACK.name]);
  stage.pass(DAY);
});
