// What may happen to a chat between the parking of a reply and its release, or in the middle of that.
import { afterEach, expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import type { ChannelOptions } from '../../../../shared/contract/channel-options.ts';
import { markBlocked } from '../../../../shared/store/channel/channel-block.ts';
import { setPause } from '../../../../shared/store/chat/pause-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { channelKey } from '../../../../shared/store/keys.ts';
import { putItem } from '../../../../shared/store/table.ts';
import { DAY, FALLBACK, HOUR, openParkStage } from '../park-stage.ts';
import { metaError } from '../stage.ts';

const stage = openParkStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const edit = (channel: Channel, options: Partial<ChannelOptions>) =>
  putItem(stage.table, {
    ...channelKey(channel.id),
    ...channel,
    options: { ...channel.options, ...options },
  });
const kinds = (phone: string | null) =>
  stage.provider.sent
    .filter(({ request }) => request.phone === phone)
    .map(({ request }) => request.type);

test('the visitor answers with a stop word: nothing of what waits is sent', async () => {
  const channel = await stage.parking({ fallback_template: FALLBACK });
  const chat = await stage.silent(channel);
  const jobs = [await stage.say(chat, 'offer one'), await stage.say(chat, 'offer two')];
  const { channel_id: channelId, id: chatId, phone } = chat;
  const now = stage.deps.now();
  const names = { phone, bsuid: null, username: null, name: '' };
  const stop = { eventId: 'evt_stop', inboundAt: now, now, wish: 'stop' as const };
  await recordInbound(stage.table, { channelId, chatId, ...names, ...stop });
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual([FALLBACK.name]);
  for (const job of jobs) {
    expect(await stage.part(job)).toMatchObject({ status: 'refused', code: 'opted-out' });
  }
  expect(await stage.parked(chat)).toEqual([]);
});

test('a person takes the chat over in the middle: what is left is refused', async () => {
  const chat = await stage.silent(await stage.parking());
  for (const words of ['one', 'two', 'three']) await stage.say(chat, words);
  await stage.visit(chat);
  removals.push(
    stage.provider.onSend(async ({ request }) => {
      if (request.text === 'one') await setPause(stage.table, chat, stage.deps.now() + HOUR);
      return undefined;
    }),
  );
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['one']);
  expect(stage.news().map(({ code }) => code)).toEqual(['chat-paused', 'chat-paused']);
});

test('WhatsApp says "closed" in the middle of a reply: the rest of it goes first, later', async () => {
  const chat = await stage.silent(await stage.parking());
  await stage.say(chat, `${'a'.repeat(4_000)}\n\n${'b'.repeat(4_000)}`);
  await stage.say(chat, 'two');
  await stage.visit(chat);
  stage.pass(HOUR);
  let sends = 0;
  removals.push(
    stage.provider.onRequest(({ path }) => {
      if (path !== '/messages') return undefined;
      sends += 1;
      return sends === 2 ? metaError(131047) : undefined;
    }),
  );
  await stage.release(chat);
  stage.pass(HOUR);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat).map((text) => text.slice(0, 3))).toEqual(['aaa', 'bbb', 'two']);
});

test('WhatsApp says "closed" falsely, right after the message that released a reply: the reply goes', async () => {
  const chat = await stage.visitor(await stage.parking(), { inboundAt: stage.deps.now() - HOUR });
  stage.provider.failNext(1, metaError(131047));
  const job = await stage.say(chat, 'important');
  expect(await stage.parked(chat)).toEqual([job.reply_id]);
  stage.pass(HOUR);
  await stage.visit(chat);
  stage.pass(SECOND);
  stage.provider.failNext(1, metaError(131047));
  expect(await stage.release(chat)).toEqual([2 * SECOND]);
  expect(stage.texts(chat)).toEqual(['important']);
});

test('a reply is parked anew after the visitor wrote: a new template asks', async () => {
  const chat = await stage.silent(await stage.parking({ fallback_template: FALLBACK }));
  await stage.say(chat, 'one');
  stage.pass(HOUR);
  await stage.visit(chat);
  stage.pass(HOUR);
  stage.provider.failNext(1, metaError(131047));
  await stage.release(chat);
  expect(await stage.parked(chat)).toHaveLength(1);
  expect(stage.texts(chat)).toEqual([FALLBACK.name, FALLBACK.name]);
});

test('the channel is blocked: all that was released together is given up together', async () => {
  const channel = await stage.parking({ max_wait_minutes: 5 });
  const chat = await stage.silent(channel);
  for (let at = 0; at < 20; at++) await stage.say(chat, `${at}`);
  await stage.visit(chat);
  await markBlocked(stage.table, channel, { code: 131042, reason: 'Pay', since: stage.deps.now() });
  const waited = (await stage.release(chat)).reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBe(5 * MINUTE);
  expect(stage.news().map(({ code }) => code)).toEqual(Array(20).fill('channel-blocked'));
});

test('an option is edited while a menu waits: it is shown whole, as the channel shows menus now', async () => {
  const channel = await stage.parking();
  const chat = await stage.silent(channel);
  const buttons = ['red', 'green', 'blue', 'grey'];
  const job = await stage.say(chat, { type: 'buttons', text: 'x'.repeat(4_000), buttons });
  expect((await stage.delivery(job)).part_count).toBe(1);
  await edit(channel, { choices: 'list' });
  await stage.visit(chat);
  await stage.release(chat);
  expect(kinds(chat.phone)).toEqual(['text', 'interactive']);
  expect((await stage.delivery(job)).part_count).toBe(2);
  expect((await stage.chat(chat)).menu).toMatchObject({ reply_id: job.reply_id });
});

test('markup is not converted any more: nothing of the words is lost', async () => {
  const channel = await stage.parking({ markdown: 'convert' });
  const chat = await stage.silent(channel);
  const words = Array.from({ length: 600 }, (_, at) => `**w${at}**`).join(' ');
  await stage.say(chat, words);
  await edit(channel, { markdown: 'as-is' });
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat).join(' ')).toBe(words);
});

test('half of a reply has left when the options change: the rest fails as outcome-unknown', async () => {
  const channel = await stage.parking({ markdown: 'convert' });
  const chat = await stage.visitor(channel, { inboundAt: stage.deps.now() - HOUR });
  const words = Array.from({ length: 1_000 }, (_, at) => `**w${at}**`).join(' ');
  let sends = 0;
  removals.push(
    stage.provider.onRequest(({ path }) => {
      if (path !== '/messages') return undefined;
      sends += 1;
      return sends === 2 ? metaError(131047) : undefined;
    }),
  );
  const job = await stage.say(chat, words);
  expect(Object.values((await stage.delivery(job)).parts).map(({ status }) => status)).toEqual([
    'accepted',
    'parked',
  ]);
  await edit(channel, { markdown: 'as-is' });
  await stage.visit(chat);
  await stage.release(chat);
  expect((await stage.delivery(job)).parts[1]).toMatchObject({
    status: 'failed',
    code: 'outcome-unknown',
    reason: expect.stringContaining('changed'),
  });
  expect(await stage.parked(chat)).toEqual([]);
});

test('a pause stays between the replies it was written between', async () => {
  const chat = await stage.silent(await stage.parking());
  const jobs = await stage.answer(chat, ['one', { type: 'pause', seconds: 5 }, 'two']);
  for (const job of jobs) expect(await stage.deliver(job)).toEqual([]);
  await stage.visit(chat);
  expect(await stage.release(chat)).toEqual([5 * SECOND]);
  expect(stage.texts(chat)).toEqual(['one', 'two']);
});

test('an own id is used again after a day, while its first reply waits: the agent hears that this one expired', async () => {
  const chat = await stage.silent(await stage.telling());
  const [first] = await stage.answer(chat, [{ type: 'text', text: 'old', id: 'daily' }]);
  if (!first) throw new Error('there is no reply');
  stage.pass(5 * MINUTE); // it stood in the queue
  await stage.deliver(first);
  stage.pass(DAY - 4 * MINUTE);
  const second = await stage.say(chat, { type: 'text', text: 'new', id: 'daily' });
  expect(second.reply_id).toBe(first.reply_id);
  expect(stage.news().map(({ status }) => status)).toEqual(['parked', 'expired', 'parked']);
  await stage.visit(chat);
  await stage.release(chat);
  expect(stage.texts(chat)).toEqual(['new']);
});
