import { expect, test } from 'vitest';
import type { ReplyJob } from '../../../../shared/contract/jobs.ts';
import { readCallbackData } from '../../../../shared/rules/delivery/callback-data.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { channelKey } from '../../../../shared/store/keys.ts';
import { putItem } from '../../../../shared/store/table.ts';
import { someNews } from '../../../support/some-delivery.ts';
import { DAY, FALLBACK, HOUR, openParkStage } from '../park-stage.ts';
import { metaError } from '../stage.ts';

const stage = openParkStage();
const { name } = FALLBACK;
const replacing = (options = {}) =>
  stage.channel({ if_window_closed: 'template', fallback_template: FALLBACK, ...options });
const asking = (options = {}) => stage.parking({ fallback_template: FALLBACK, ...options });
/** The delivery of the template that went for a reply. */
const fallbackOf = async (job: ReplyJob) => {
  const { fallback_reply_id: replyId = '' } = await stage.delivery(job);
  return findDelivery(stage.table, job.channel_id, replyId);
};

test('the template goes instead, the reply is refused, and the agent hears both in one', async () => {
  const chat = await stage.silent(await replacing());
  const job = await stage.say(chat, { type: 'text', text: 'too late', id: 'mine' });
  expect(stage.texts(chat)).toEqual([name]);
  expect(await stage.delivery(job)).toMatchObject({
    parts: { 0: { status: 'refused', code: 'window-closed', attempts: 0 } },
    notes: ['template-sent'],
  });
  expect(stage.news()).toMatchObject([
    {
      reply_id: job.reply_id,
      id: 'mine',
      status: 'refused',
      code: 'window-closed',
      note: 'template-sent',
    },
  ]);
  expect(await fallbackOf(job)).toMatchObject({
    id: null,
    fallback_for: job.reply_id,
    turn_id: job.turn_id,
    parts: { 0: { status: 'accepted', message_id: expect.any(String) } },
  });
});

test('one answer brings one template, the next answer another', async () => {
  const chat = await stage.silent(await replacing());
  const jobs = await stage.answer(chat, ['one', 'two', 'three']);
  for (const job of jobs) await stage.deliver(job);
  expect(stage.texts(chat)).toEqual([name]);
  const deliveries = await Promise.all(jobs.map((job) => stage.delivery(job)));
  expect(deliveries.map(({ notes }) => notes)).toEqual(Array(3).fill(['template-sent']));
  expect(new Set(deliveries.map(({ fallback_reply_id: id }) => id)).size).toBe(1);
  await stage.say(chat, 'four');
  expect(stage.texts(chat)).toEqual([name, name]);
});

test('no template is named, or the visitor never wrote: nothing goes', async () => {
  const bare = await stage.channel({ if_window_closed: 'template' });
  const silent = await stage.silent(bare);
  const stranger = await stage.visitor(await replacing(), { inboundAt: null });
  const refused = await stage.say(silent, 'too late');
  const neverWrote = await stage.say(stranger, 'who are you?');
  expect((await stage.part(refused))?.code).toBe('window-closed');
  expect((await stage.part(neverWrote))?.code).toBe('never-wrote');
  expect([...stage.texts(silent), ...stage.texts(stranger)]).toEqual([]);
});

test('in an open window the reply goes, and no template', async () => {
  const chat = await stage.visitor(await replacing());
  await stage.say(chat, 'in time');
  expect(stage.texts(chat)).toEqual(['in time']);
});

test('the window closes behind the first of three parts: what went stays, a template ends it', async () => {
  const chat = await stage.visitor(await replacing(), {
    inboundAt: stage.deps.now() - DAY + 31_000,
  });
  const remove = stage.provider.onSend(() => {
    stage.pass(2_000);
    return undefined;
  });
  const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(4_000));
  const job = await stage.say(chat, parts.join('\n\n'));
  remove();
  expect(stage.texts(chat)).toEqual([parts[0], name]);
  const delivery = await stage.delivery(job);
  expect(Object.values(delivery.parts).map(({ status }) => status)).toEqual([
    'accepted',
    'refused',
    'refused',
  ]);
  expect(delivery.notes).toContain('template-sent');
  expect(stage.news()).toMatchObject([{ status: 'refused', part: 1, note: 'template-sent' }]);
});

test('the template fails: the reply is refused for that, with the provider’s words', async () => {
  const chat = await stage.silent(await replacing());
  stage.provider.failNext(1, metaError(132001, 404, 'There is no such template.'));
  const job = await stage.say(chat, 'too late');
  expect(await stage.part(job)).toMatchObject({
    status: 'refused',
    code: 'fallback-template-failed',
    reason: expect.stringContaining('There is no such template.'),
  });
  // The agent is not told of the template's own failure.
  expect(stage.news()).toMatchObject([
    { reply_id: job.reply_id, status: 'refused', code: 'fallback-template-failed' },
  ]);
  expect((await stage.chat(chat)).fallback).toBeNull();
});

test('the template fails before the sender has its answer: the reply is refused for that', async () => {
  const chat = await stage.silent(await replacing());
  const remove = stage.provider.onSend(async ({ messageId, request }) => {
    const { replyId = '' } = readCallbackData(request.callbackData) ?? {};
    const place = { channelId: chat.channel_id, replyId, part: 0, round: 0 as const };
    await advancePart(
      stage.table,
      place,
      someNews('failed', { messageId, code: 'provider-131026' }),
    );
    return undefined;
  });
  const job = await stage.say(chat, 'too late');
  remove();
  expect(await fallbackOf(job)).toMatchObject({ parts: { 0: { status: 'failed' } } });
  expect(await stage.part(job)).toMatchObject({ code: 'fallback-template-failed' });
  expect((await stage.chat(chat)).fallback).toBeNull();
});

test('the template waits for a limit like any other message, and the reply with it', async () => {
  const chat = await stage.silent(await replacing());
  stage.provider.failNext(2, metaError(130429));
  const job = stage.job(chat, 'too late');
  expect(await stage.run(job)).toEqual({ waitMs: 1_000 });
  expect(await stage.part(job)).toMatchObject({ status: 'waiting', attempts: 0 });
  expect(await stage.deliver(job)).toEqual([1_000, 2_000]);
  expect(stage.texts(chat)).toEqual([name]);
  expect((await stage.delivery(job)).notes).toEqual(['template-sent']);
});

test('the template gives up after max_wait_minutes of its reply', async () => {
  const chat = await stage.silent(await replacing({ max_wait_minutes: 5 }));
  const job = stage.job(chat, 'too late');
  stage.pass(2 * 60_000);
  const remove = stage.provider.onRequest(({ path }) =>
    path === '/messages' ? metaError(80007) : undefined,
  );
  const waited = (await stage.deliver(job)).reduce((sum, ms) => sum + ms, 0);
  remove();
  expect(waited).toBeLessThanOrEqual(3 * 60_000);
  expect(await stage.part(job)).toMatchObject({ code: 'fallback-template-failed' });
});

test('the visitor writes while the template waits: the reply goes, and the template does not', async () => {
  const chat = await stage.silent(await replacing());
  stage.provider.failNext(1, metaError(130429));
  const job = stage.job(chat, 'just in time');
  expect(await stage.run(job)).toEqual({ waitMs: 1_000 });
  stage.pass(1_000);
  await stage.visit(chat);
  await stage.deliver(job);
  expect(stage.texts(chat)).toEqual(['just in time']);
  expect((await stage.delivery(job)).notes).toEqual([]);
});

test('parked replies bring one template until the visitor writes', async () => {
  const chat = await stage.silent(await asking());
  for (const words of ['one', 'two']) await stage.say(chat, words);
  expect(stage.texts(chat)).toEqual([name]);
  expect(await stage.parked(chat)).toHaveLength(2);
  stage.pass(HOUR);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual([name, 'one', 'two']);
  stage.pass(25 * HOUR);
  await stage.say(chat, 'three');
  expect(stage.texts(chat)).toEqual([name, 'one', 'two', name]);
});

test('the template of a parked reply fails: the reply waits all the same, and the next one asks again', async () => {
  const channel = await asking();
  const { agent } = channel;
  const chat = await stage.silent(
    await stage.channel(channel.options, { agent: { ...agent, events: ['delivery:parked'] } }),
  );
  stage.provider.failNext(1, metaError(132001, 404));
  const one = await stage.say(chat, 'one');
  const two = await stage.say(chat, 'two');
  expect(await stage.parked(chat)).toEqual([one.reply_id, two.reply_id]);
  expect(stage.texts(chat)).toEqual([name]);
  expect(stage.news()).toMatchObject([
    { reply_id: one.reply_id, status: 'parked', note: 'fallback-template-failed' },
    { reply_id: two.reply_id, status: 'parked', note: 'template-sent' },
  ]);
});

test('a template has to wait: its reply is not parked before the template has gone', async () => {
  const chat = await stage.silent(await asking());
  stage.provider.failNext(1, metaError(130429));
  const job = stage.job(chat, 'one');
  expect(await stage.run(job)).toEqual({ waitMs: 1_000 });
  expect(await stage.parked(chat)).toEqual([]);
  expect(await stage.deliver(job)).toEqual([1_000]);
  expect(await stage.parked(chat)).toEqual([job.reply_id]);
  expect(stage.texts(chat)).toEqual([name]);
});

test('twenty wait: the twenty-first brings no template either', async () => {
  const channel = await stage.parking();
  const chat = await stage.silent(channel);
  for (let at = 0; at < 20; at++) await stage.say(chat, `${at}`);
  const options = { ...channel.options, fallback_template: FALLBACK };
  await putItem(stage.table, { ...channelKey(channel.id), ...channel, options });
  const job = await stage.say(chat, 'one too many');
  expect((await stage.part(job))?.code).toBe('park-full');
  expect(stage.texts(chat)).toEqual([]);
});

test('answers to a notification wait without a template: they have just been sent one', async () => {
  const chat = await stage.silent(await asking());
  const job = await stage.say(chat, 'about it', { parkIfClosed: true });
  expect(await stage.parked(chat)).toEqual([job.reply_id]);
  expect(stage.texts(chat)).toEqual([]);
});
