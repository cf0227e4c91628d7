import { afterEach, expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { someDelivery, somePart } from '../../../support/some-delivery.ts';
import { metaError, openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  expect(stage.provider.refusals).toEqual([]);
});

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const closed = metaError(131047);

/** The next sends are refused so, one each; `then` is done while the first is under way. */
function refuse(times: number, then: () => Promise<unknown> = async () => {}): void {
  let left = times;
  const remove = stage.provider.onRequest(async ({ path }) => {
    if (path !== '/messages' || left === 0) return;
    left -= 1;
    if (left === times - 1) await then();
    return closed;
  });
  removals.push(remove);
}
const writes = ({ channel_id: channelId, id: chatId, phone }: Chat, inboundAt: number) =>
  recordInbound(stage.table, {
    ...{ channelId, chatId, phone, inboundAt, now: stage.deps.now() },
    ...{ bsuid: null, username: null, name: '', eventId: 'evt_later' },
  });
const news = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news : expect.fail(job.kind)));
const wroteHoursAgo = async () =>
  stage.visitor(await stage.channel(), { inboundAt: stage.deps.now() - 3 * HOUR });

test('WhatsApp says "closed": our record follows, and the policy refuses the same part', async () => {
  const chat = await wroteHoursAgo();
  refuse(1);
  const job = stage.job(chat, 'too late');
  expect(await stage.deliver(job)).toEqual([]);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'refused',
    code: 'window-closed',
    attempts: 1,
  });
  expect(news()).toMatchObject([{ status: 'refused', code: 'window-closed' }]);
  expect((await stage.chat(chat)).refuted_inbound_at).toBe(chat.last_inbound_at);
});

test('what follows is not even tried, until the visitor writes again', async () => {
  const chat = await wroteHoursAgo();
  refuse(1);
  await stage.deliver(stage.job(chat, 'first'));
  const before = stage.provider.requests.length;
  const second = stage.job(chat, 'second');
  await stage.deliver(second);
  expect(stage.provider.requests).toHaveLength(before);
  expect((await stage.delivery(second)).parts[0]).toMatchObject({ code: 'window-closed' });
  await stage.visit(chat);
  await stage.deliver(stage.job(chat, 'third'));
  expect(stage.texts(chat)).toEqual(['third']);
});

test('right after the visitor wrote, "closed" is not believed at once: the part is tried again, and goes', async () => {
  const chat = await stage.visitor(await stage.channel(), { inboundAt: stage.deps.now() - SECOND });
  refuse(1);
  const job = stage.job(chat, 'an answer');
  expect(await stage.deliver(job)).toEqual([2 * SECOND]);
  expect(stage.texts(chat)).toEqual(['an answer']);
  expect((await stage.chat(chat)).refuted_inbound_at).toBeNull();
  expect(news()).toEqual([]);
});

test('right after the visitor wrote, but said twice: it is believed', async () => {
  const chat = await stage.visitor(await stage.channel(), { inboundAt: stage.deps.now() - SECOND });
  refuse(2);
  const job = stage.job(chat, 'an answer');
  expect(await stage.deliver(job)).toEqual([2 * SECOND]);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    code: 'window-closed',
    attempts: 2,
  });
  expect((await stage.chat(chat)).refuted_inbound_at).toBe(chat.last_inbound_at);
});

test('the visitor writes while WhatsApp says "closed": the window is open again, and the part goes', async () => {
  const chat = await wroteHoursAgo();
  refuse(1, () => writes(chat, stage.deps.now()));
  const job = stage.job(chat, 'just in time');
  expect(await stage.deliver(job)).toEqual([2 * SECOND]);
  expect(stage.texts(chat)).toEqual(['just in time']);
  expect((await stage.chat(chat)).refuted_inbound_at).toBeNull();
});

test('"closed" again, of a part the policy has decided about: the part fails', async () => {
  const chat = await wroteHoursAgo();
  const job = stage.job(chat, 'said twice');
  await insertDelivery(
    stage.table,
    someDelivery([somePart('waiting', { window_refuted: true, retry_at: 0 })], {
      channel_id: job.channel_id,
      reply_id: job.reply_id,
      chat_id: chat.id,
      accepted_at: job.accepted_at,
    }),
    stage.deps.now(),
  );
  refuse(1);
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-131047',
  });
  expect((await stage.chat(chat)).refuted_inbound_at).toBeNull();
});

test('a reply of three parts that is cut off in the middle: what went stays, the rest is refused', async () => {
  const chat = await wroteHoursAgo();
  const long = ['a', 'b', 'c'].map((letter) => letter.repeat(4_000)).join('\n\n');
  let sends = 0;
  const remove = stage.provider.onRequest(({ path }) => {
    if (path !== '/messages') return;
    sends += 1;
    return sends === 2 ? closed : undefined;
  });
  removals.push(remove);
  const job = stage.job(chat, long);
  await stage.deliver(job);
  const { parts } = await stage.delivery(job);
  expect(Object.values(parts).map(({ status }) => status)).toEqual([
    'accepted',
    'refused',
    'refused',
  ]);
  expect(sends).toBe(2);
});

test('a template is never judged by the window', async () => {
  const chat = await wroteHoursAgo();
  refuse(1);
  const job = stage.job(chat, { type: 'template', name: 'hello', language: 'en' });
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-131047',
  });
  expect((await stage.chat(chat)).refuted_inbound_at).toBeNull();
});
