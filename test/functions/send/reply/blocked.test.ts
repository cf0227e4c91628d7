import { afterEach, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../../../infra/local/http/serve.ts';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { liftBlock, markBlocked } from '../../../../shared/store/channel/channel-block.ts';
import { findChannel } from '../../../../shared/store/channel/channels.ts';
import { metaError, openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const refuse = (answer: HttpAnswer): void => {
  removals.push(
    stage.provider.onRequest(({ path }) => (path === '/messages' ? answer : undefined)),
  );
};
const requests = () => stage.provider.requests.filter(({ path }) => path === '/messages').length;
const news = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news : expect.fail(job.kind)));
const block = async (channel: Channel) => {
  const since = stage.deps.now();
  await markBlocked(stage.table, channel, { code: 131042, reason: 'Pay the bill', since });
};
const lift = async ({ id }: Channel) => {
  const { blocked } = (await findChannel(stage.table, id)) ?? expect.fail('there is no channel');
  await liftBlock(stage.table, id, blocked?.since ?? expect.fail('it is not blocked'));
};

// biome-ignore format: a table reads by column
const blocks: { when: string; answer: HttpAnswer }[] = [
  { when: 'the bill is not paid', answer: metaError(131042) },
  { when: 'the key is not valid', answer: json(401, { meta: { success: false, http_code: 401, developer_message: 'Invalid api_key' } }) },
];

test.each(
  blocks,
)('$when: one message is tried, then all wait, and go in order when the block is over', async ({
  answer,
}) => {
  const channel = await stage.channel();
  const [chat, other] = [await stage.visitor(channel), await stage.visitor(channel)];
  refuse(answer);
  const [one, two] = [stage.job(chat, 'one'), stage.job(other, 'two')];
  const before = requests();
  expect(await stage.run(one)).toEqual({ waitMs: MINUTE });
  expect(await stage.run(two)).toEqual({ waitMs: MINUTE });
  stage.pass(5 * MINUTE);
  expect(await stage.run(one)).toEqual({ waitMs: MINUTE });
  expect(requests() - before).toBe(1);
  for (const remove of removals.splice(0)) remove();
  await lift(channel);
  for (const job of [one, stage.job(chat, 'after'), two]) {
    expect(await stage.deliver(job)).toEqual([]);
  }
  expect(stage.texts(chat)).toEqual(['one', 'after']);
  expect(stage.texts(other)).toEqual(['two']);
  expect((await stage.delivery(one)).parts[0]).toMatchObject({ status: 'accepted', attempts: 2 });
  expect((await stage.delivery(two)).parts[0]).toMatchObject({ status: 'accepted', attempts: 1 });
  expect(news()).toEqual([]);
});

test('a reply that waits for its channel writes nothing and sends no request', async () => {
  const channel = await stage.channel();
  await block(channel);
  const job = stage.job(await stage.visitor(channel), 'patience');
  const before = requests();
  stage.table.calls.splice(0);
  expect(await stage.run(job)).toEqual({ waitMs: MINUTE });
  expect(stage.table.calls).toEqual(['GetItem', 'GetItem']);
  expect(requests()).toBe(before);
});

test('after max_wait_minutes in a blocked channel a reply fails, in the provider’s words, and what came later still waits', async () => {
  const channel = await stage.channel({ max_wait_minutes: 5 });
  const chat = await stage.visitor(channel);
  await block(channel);
  const early = stage.job(chat, 'early');
  stage.pass(2 * MINUTE);
  const late = stage.job(chat, 'late');
  const before = requests();
  expect((await stage.deliver(early)).reduce((sum, ms) => sum + ms, 0)).toBe(3 * MINUTE);
  expect((await stage.delivery(early)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'channel-blocked',
    reason: 'Pay the bill',
    attempts: 0,
  });
  expect(news()).toMatchObject([
    { status: 'failed', code: 'channel-blocked', reason: 'Pay the bill' },
  ]);
  expect(await stage.run(late)).toEqual({ waitMs: MINUTE });
  expect(requests()).toBe(before);
});

test('in a blocked channel the window, valid_for and pauses count as ever', async () => {
  const channel = await stage.channel();
  await block(channel);
  const silent = await stage.visitor(channel, { inboundAt: stage.deps.now() - DAY });
  const refused = stage.job(silent, 'too late');
  expect(await stage.deliver(refused)).toEqual([]);
  expect((await stage.delivery(refused)).parts[0]).toMatchObject({ code: 'window-closed' });

  const chat = await stage.visitor(channel);
  const short = stage.job(chat, { type: 'text', text: 'now or never', valid_for: 90 });
  expect(await stage.deliver(short)).toEqual([MINUTE, MINUTE]);
  expect((await stage.delivery(short)).parts[0]).toMatchObject({ status: 'expired' });
  expect(await stage.deliver(stage.job(chat, { type: 'pause', seconds: 3 }))).toEqual([3_000]);
});

test('a fallback template waits for the channel like any message, and its reply with it', async () => {
  const fallback_template = { name: 'hello_again', language: 'en' };
  const channel = await stage.channel({ if_window_closed: 'template', fallback_template });
  const chat = await stage.visitor(channel, { inboundAt: stage.deps.now() - DAY });
  await block(channel);
  const job = stage.job(chat, 'too late');
  expect(await stage.run(job)).toEqual({ waitMs: MINUTE });
  await lift(channel);
  expect(await stage.deliver(job)).toEqual([]);
  expect(stage.texts(chat)).toEqual(['hello_again']);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ code: 'window-closed' });
});
