import { afterEach, expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import type { ReplyJob } from '../../../../shared/contract/jobs.ts';
import { readCallbackData } from '../../../../shared/rules/delivery/callback-data.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { metaError, openSendStage } from '../stage.ts';

const stage = openSendStage();
afterEach(() => {
  expect(stage.provider.refusals).toEqual([]);
});

const URL_OF_FILE = 'https://cdn.example/a.jpg';
const image = { type: 'attachment', kind: 'image', url: URL_OF_FILE, caption: 'x'.repeat(1_500) };
const sent = ({ phone }: Chat) =>
  stage.provider.sent.filter(({ request }) => request.phone === phone);
const told = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news : expect.fail(job.kind)));

/** Delivers a reply; its first message then fails, as the worker would record it. */
async function failLate(chat: Chat, reply: unknown, code = 'provider-131053'): Promise<ReplyJob> {
  const job = stage.job(chat, reply);
  await stage.deliver(job);
  const [first] = sent(chat);
  const place = { channelId: job.channel_id, replyId: job.reply_id, part: 0 };
  await advancePart(
    stage.table,
    { ...place, round: 0 },
    { status: 'failed', messageId: first?.messageId ?? '', at: 0, code, reason: 'Late.' },
  );
  return job;
}
const againOf = (job: ReplyJob, as?: 'fallback'): ReplyJob => ({
  ...job,
  again: { part: 0, round: 1, ...(as && { as }) },
});

test('a file that failed late goes once more as text, and nothing else of the reply does', async () => {
  const chat = await stage.visitor(await stage.channel({ wait_after_media_ms: 0 }));
  const job = await failLate(chat, image);
  expect(sent(chat).map(({ request }) => request.type)).toEqual(['image', 'text']);
  await stage.deliver(againOf(job, 'fallback'));
  const [, , third, ...more] = sent(chat);
  expect(third?.request).toMatchObject({
    type: 'text',
    text: expect.stringMatching(/^x+\nhttps:\/\/cdn\.example\/a\.jpg$/),
  });
  expect(more).toEqual([]);
  expect(readCallbackData(third?.request.callbackData ?? null)).toMatchObject({ round: 1 });
  const { parts } = await stage.delivery(job);
  expect(parts[0]).toMatchObject({
    status: 'accepted',
    round: 1,
    as: 'fallback',
    attempts: 1,
    message_id: third?.messageId,
    notes: ['media-as-link'],
  });
  expect(parts[1]?.status).toBe('accepted');
  expect(told()).toContainEqual(
    expect.objectContaining({ status: 'degraded', code: 'media-as-link', part: 0 }),
  );
});

test('the job comes again: nothing more is sent', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = await failLate(chat, 'hello', 'provider-131000');
  const again = againOf(job);
  await stage.deliver(again);
  await stage.deliver(again);
  expect(stage.texts(chat)).toEqual(['hello', 'hello']);
});

test('of a part that the reply does not have, nothing is sent', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = await failLate(chat, 'Hello');
  await stage.deliver({ ...againOf(job), again: { part: 7, round: 1 } });
  expect(sent(chat)).toHaveLength(1);
});

test('a message that was delivered after all is not sent again', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'hello');
  await stage.deliver(job);
  await stage.deliver(againOf(job));
  expect(stage.texts(chat)).toEqual(['hello']);
});

test('refused at once in the second round: the part fails, and the agent hears it', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = await failLate(chat, 'hello', 'provider-131000');
  stage.provider.failNext(1, metaError(131026));
  await stage.deliver(againOf(job));
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-131026',
    message_id: null,
    round: 1,
  });
  expect(told()).toEqual([
    expect.objectContaining({ status: 'failed', code: 'provider-131026', part: 0 }),
  ]);
});

test('valid_for is over before the second round: this part expires, and those behind it stay what they are', async () => {
  const chat = await stage.visitor(await stage.channel({ wait_after_media_ms: 0 }));
  const job = await failLate(chat, { ...image, valid_for: 60 });
  stage.pass(61_000);
  await stage.deliver(againOf(job, 'fallback'));
  const { parts } = await stage.delivery(job);
  expect([parts[0]?.status, parts[1]?.status]).toEqual(['expired', 'accepted']);
  expect(sent(chat)).toHaveLength(2);
});

test('the second round waits no longer than the reply may wait in all, and then the agent is told', async () => {
  const channel = await stage.channel({ max_wait_minutes: 5 });
  const chat = await stage.visitor(channel);
  const job = await failLate(chat, 'hello', 'provider-131000');
  stage.pass(3 * 60_000);
  stage.provider.failNext(1, metaError(80007));
  expect(await stage.deliver(againOf(job))).toEqual([60_000]);
  expect(stage.texts(chat)).toEqual(['hello', 'hello']);

  const other = await stage.visitor(channel);
  const late = await failLate(other, 'good morning', 'provider-131000');
  stage.pass(6 * 60_000);
  await stage.deliver(againOf(late));
  expect(stage.texts(other)).toEqual(['good morning']);
  expect((await stage.delivery(late)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-131000',
  });
  expect(told()).toContainEqual(expect.objectContaining({ status: 'failed', part: 0 }));
});

test.each([
  { window: undefined, marks: [undefined, undefined] },
  { window: 'doubted' as const, marks: [true, undefined] },
  { window: 'refuted' as const, marks: [undefined, true] },
])('a part that goes again remembers what WhatsApp said of its window: $window', async ({
  window,
  marks,
}) => {
  const chat = await stage.visitor(await stage.channel());
  const job = await failLate(chat, 'hello', 'provider-131047');
  await stage.deliver({ ...job, again: { part: 0, round: 1, ...(window && { window }) } });
  const [part] = Object.values((await stage.delivery(job)).parts);
  expect([part?.window_doubted, part?.window_refuted]).toEqual(marks);
});
