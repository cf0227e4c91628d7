import { expect, test } from 'vitest';
import { refuteWindow } from '../../../../shared/store/chat/refute-window.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { DAY, HOUR, openParkStage } from '../park-stage.ts';
import { metaError } from '../stage.ts';

const stage = openParkStage();
const idsOf = (jobs: { reply_id: string }[]) => jobs.map(({ reply_id }) => reply_id);
const statuses = () => stage.news().map(({ status }) => status);

test('a reply waits for the visitor; when they write it goes, in its order, once', async () => {
  const chat = await stage.silent(await stage.telling());
  const jobs = [];
  for (const words of ['one', 'two', 'three']) jobs.push(await stage.say(chat, words));
  expect(stage.texts(chat)).toEqual([]);
  expect(await stage.parked(chat)).toEqual(idsOf(jobs));
  const [first] = jobs as [(typeof jobs)[0]];
  expect(await stage.part(first)).toMatchObject({
    status: 'parked',
    code: 'window-closed',
    attempts: 0,
  });
  expect(statuses()).toEqual(['parked', 'parked', 'parked']);

  stage.pass(HOUR);
  await stage.visit(chat);
  expect(await stage.release(chat)).toEqual([]);
  expect(stage.texts(chat)).toEqual(['one', 'two', 'three']);
  expect(await stage.parked(chat)).toEqual([]);
  expect(await stage.part(first)).toMatchObject({
    status: 'accepted',
    released_at: stage.deps.now(),
    attempts: 1,
  });
  const gone = ['released', 'accepted'];
  expect(statuses().slice(3)).toEqual([...gone, ...gone, ...gone]);
});

test('an agent that asked for no delivery news is told nothing of parking', async () => {
  const chat = await stage.silent(await stage.parking());
  await stage.say(chat, 'quiet');
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['quiet']);
  expect(stage.queued()).toEqual([]);
});

test('jobs and looks that come again change nothing', async () => {
  const chat = await stage.silent(await stage.parking());
  const jobs = await stage.answer(chat, ['one', 'two']);
  for (const job of jobs) await stage.deliver(job);
  const looks = await stage.looks(chat);
  stage.pass(HOUR);
  for (const job of [...jobs, ...jobs.toReversed()]) await stage.deliver(job);
  expect(await stage.look(chat)).toBe('done');
  expect(await stage.parked(chat)).toEqual(idsOf(jobs));
  expect(looks).toHaveLength(2);
  expect(await stage.looks(chat)).toEqual(looks);
  await stage.visit(chat);
  await stage.release(chat);
  for (const job of jobs.toReversed()) await stage.deliver(job);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['one', 'two']);
});

test('the job of a parked reply comes again once the window is open: it goes in its place, once', async () => {
  const chat = await stage.silent(await stage.parking());
  await stage.say(chat, 'one');
  const two = await stage.say(chat, 'two');
  await stage.visit(chat);
  await stage.deliver(two);
  expect(stage.texts(chat)).toEqual(['one', 'two']);
  expect(await stage.parked(chat)).toEqual([]);
});

const template = { type: 'template', name: 'news', language: 'en' };

test.each([
  { what: 'text', newer: 'newer' },
  { what: 'a template', newer: template },
])('$what that was accepted before the visitor wrote goes behind what is parked', async ({
  newer,
}) => {
  const chat = await stage.silent(await stage.parking());
  await stage.say(chat, 'parked');
  await stage.visit(chat);
  // The visitor's message has queued a look at the park, but behind this reply.
  await stage.deliver(stage.job(chat, newer));
  await stage.release(chat);
  const [first, ...others] = stage.texts(chat);
  expect(first).toBe('parked');
  expect(others).toHaveLength(1);
});

test('while the window is closed a template passes what waits', async () => {
  const chat = await stage.silent(await stage.parking());
  await stage.say(chat, 'parked');
  await stage.deliver(stage.job(chat, template));
  expect(stage.texts(chat)).toEqual(['news']);
  expect(await stage.parked(chat)).toHaveLength(1);
});

test('the window closes behind the first of three parts: the others wait, and only they go later', async () => {
  const channel = await stage.parking();
  const chat = await stage.visitor(channel, { inboundAt: stage.deps.now() - DAY + 31_000 });
  const long = ['a', 'b', 'c'].map((letter) => letter.repeat(4_000));
  const remove = stage.provider.onSend(() => {
    stage.pass(2_000);
    return undefined;
  });
  const job = await stage.say(chat, long.join('\n\n'));
  remove();
  const ways = async () =>
    Object.values((await stage.delivery(job)).parts).map(({ status }) => status);
  expect(await ways()).toEqual(['accepted', 'parked']);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(long);
  expect(await ways()).toEqual(['accepted', 'accepted', 'accepted']);
});

test('answers to a notification wait for a visitor who never wrote, and other replies do not', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, { inboundAt: null });
  const answer = await stage.say(chat, 'we told them', { parkIfClosed: true });
  const refusing = { type: 'text', text: 'or not', if_window_closed: 'refuse' };
  const refused = await stage.say(chat, refusing, { parkIfClosed: true });
  const other = await stage.say(chat, { type: 'text', text: 'other', if_window_closed: 'park' });
  expect(await stage.parked(chat)).toEqual([answer.reply_id]);
  expect(await stage.part(answer)).toMatchObject({ status: 'parked', code: 'never-wrote' });
  for (const job of [refused, other]) {
    expect(await stage.part(job)).toMatchObject({ status: 'refused', code: 'never-wrote' });
  }
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['we told them']);
});

test('the reply’s own wish counts before the channel’s', async () => {
  const chat = await stage.silent(await stage.channel());
  await stage.say(chat, 'refused');
  const parked = await stage.say(chat, { type: 'text', text: 'waits', if_window_closed: 'park' });
  expect(await stage.parked(chat)).toEqual([parked.reply_id]);
  expect(stage.news()).toMatchObject([{ status: 'refused', code: 'window-closed' }]);
});

test('twenty wait, the twenty-first is refused, and there is room again once they have gone', async () => {
  const chat = await stage.silent(await stage.parking());
  for (let at = 0; at < 20; at++) await stage.say(chat, `${at}`);
  const last = await stage.say(chat, 'one too many');
  expect(await stage.part(last)).toMatchObject({ status: 'refused', code: 'park-full' });
  expect(stage.news()).toMatchObject([{ status: 'refused', code: 'park-full' }]);
  expect(await stage.parked(chat)).toHaveLength(20);

  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(Array.from({ length: 20 }, (_, at) => `${at}`));
  stage.pass(25 * HOUR);
  const next = await stage.say(chat, 'room again');
  expect(await stage.parked(chat)).toEqual([next.reply_id]);
});

test('WhatsApp says "closed" of a message that left: the reply is parked, and goes once the visitor writes', async () => {
  const chat = await stage.visitor(await stage.parking(), {
    inboundAt: stage.deps.now() - HOUR,
  });
  stage.provider.failNext(1, metaError(131047));
  const job = await stage.say(chat, 'so be it');
  expect(await stage.part(job)).toMatchObject({ status: 'parked', window_refuted: true });
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['so be it']);
});

test('WhatsApp says "closed" late, of two parts: both wait, and go in their order once the visitor writes', async () => {
  const chat = await stage.visitor(await stage.parking(), {
    inboundAt: stage.deps.now() - HOUR,
  });
  const parts = ['a', 'b'].map((letter) => letter.repeat(4_000));
  const job = await stage.say(chat, parts.join('\n\n'));
  await refuteWindow(stage.table, chat, chat.last_inbound_at ?? 0);
  const failed = { status: 'failed', at: 0, code: 'provider-131047', reason: 'Late.' } as const;
  for (const [part, { messageId }] of stage.provider.sent.slice(-2).entries()) {
    const place = {
      channelId: job.channel_id,
      replyId: job.reply_id,
      part,
      round: 0,
    } as const;
    await advancePart(stage.table, place, { ...failed, messageId });
  }
  for (const part of [1, 0]) {
    await stage.deliver({ ...job, again: { part, round: 1, window: 'refuted' } });
  }
  expect(await stage.parked(chat)).toEqual([job.reply_id]);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual([...parts, ...parts]);
  expect(await stage.parked(chat)).toEqual([]);
});

test('a pause waits in the park only behind a reply that does', async () => {
  const pause = { type: 'pause', seconds: 1 };
  const alone = await stage.silent(await stage.parking());
  await stage.say(alone, pause);
  expect(await stage.parked(alone)).toEqual([]);
  const behind = await stage.silent(await stage.parking());
  const [first, second] = [await stage.say(behind, 'one'), await stage.say(behind, pause)];
  expect(await stage.parked(behind)).toEqual(idsOf([first, second]));
});
