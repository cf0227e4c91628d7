import { afterEach, expect, test } from 'vitest';
import type { HttpAnswer } from '../../../../infra/local/http/serve.ts';
import type { ReplyJob } from '../../../../shared/contract/jobs.ts';
import { readCallbackData } from '../../../../shared/rules/delivery/callback-data.ts';
import { advancePart } from '../../../../shared/store/delivery/advance-part.ts';
import { openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const sum = (waits: number[]) => waits.reduce((all, one) => all + one, 0);
const requests = () => stage.provider.requests.filter(({ path }) => path === '/messages').length;
const codes = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news.code : job.kind));

/** The provider's status for a message it took, as the worker would record it. */
const status = async (job: ReplyJob, name: 'sent' | 'delivered') => {
  const taken = stage.provider.sent.find(
    ({ request }) => readCallbackData(request.callbackData)?.replyId === job.reply_id,
  );
  const place = readCallbackData(taken?.request.callbackData ?? null);
  if (!taken || !place) throw new Error('the provider has taken nothing');
  return advancePart(
    stage.table,
    { channelId: job.channel_id, ...place },
    { status: name, messageId: taken.messageId, at: Date.now(), code: null, reason: null },
  );
};

// biome-ignore format: a table reads by column
const ends: { when: string; answer: HttpAnswer }[] = [
  { when: 'the gateway answers 500 without a word', answer: { status: 500, body: '' } },
  { when: 'the gateway answers 502 in HTML',        answer: { status: 502, body: '<html>Bad gateway</html>' } },
  { when: 'the connection breaks',                  answer: 'reset' },
  { when: 'the answer names no message',            answer: { status: 200, body: '{}' } },
];

test.each(ends)('when $when, a status within 20 s settles it', async ({ answer }) => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'once');
  removals.push(stage.provider.onSend(() => answer));
  const before = requests();
  expect(await stage.run(job)).toEqual({ waitMs: 1_000 });
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'sending', attempts: 1 });
  await status(job, 'sent');
  stage.pass(1_000);
  expect(await stage.run(job)).toBe('done');
  expect(requests() - before).toBe(1);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'sent', attempts: 1 });
});

test.each(ends)('when $when and no status comes, it is sent once more after 20 s', async ({
  answer,
}) => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'twice at most');
  let sends = 0;
  removals.push(
    stage.provider.onSend(() => {
      sends += 1;
      return sends === 1 ? answer : undefined;
    }),
  );
  expect(sum(await stage.deliver(job))).toBe(20_000);
  expect(sends).toBe(2);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'accepted', attempts: 2 });
  expect(codes()).toEqual([]);
});

test('an outcome that is unknown twice is final: the agent hears that it is unknown', async () => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'who knows');
  removals.push(stage.provider.onSend(() => 'reset'));
  const before = requests();
  expect(sum(await stage.deliver(job))).toBe(40_000);
  expect(requests() - before).toBe(2);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'outcome-unknown',
  });
  expect(codes()).toEqual(['outcome-unknown']);
});

test('an attempt that was refused does not count as unknown', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'patience');
  const answers = [429, 500, 200].map((code) => (code === 200 ? null : { status: code, body: '' }));
  removals.push(
    stage.provider.onRequest(({ path }) =>
      path === '/messages' ? (answers.shift() ?? undefined) : undefined,
    ),
  );
  await stage.deliver(job);
  expect(stage.texts(chat)).toEqual(['patience']);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'accepted', attempts: 3 });
});

test('a part that was given up as unknown is delivered as soon as a status says so', async () => {
  const channel = await stage.channel({ unknown_outcome: 'report' });
  const job = stage.job(await stage.visitor(channel), 'arrived');
  removals.push(stage.provider.onSend(() => 'reset'));
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]?.code).toBe('outcome-unknown');
  await status(job, 'delivered');
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'delivered', code: null });
});

test('where the channel reports unknown outcomes, nothing is sent twice', async () => {
  const channel = await stage.channel({ unknown_outcome: 'report' });
  const job = stage.job(await stage.visitor(channel), 'at most once');
  removals.push(stage.provider.onSend(() => 'reset'));
  const before = requests();
  expect(sum(await stage.deliver(job))).toBe(20_000);
  expect(requests() - before).toBe(1);
  expect(codes()).toEqual(['outcome-unknown']);
});

test('a status of the first message, after the second was accepted, changes nothing', async () => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'twice');
  let sends = 0;
  removals.push(
    stage.provider.onSend(() => {
      sends += 1;
      return sends === 1 ? 'reset' : undefined;
    }),
  );
  await stage.deliver(job);
  expect(await status(job, 'delivered')).toBeNull();
  expect((await stage.delivery(job)).parts[0]?.status).toBe('accepted');
});

test('an invocation begins no part it may have no time to finish', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'x'.repeat(4 * 4096));
  removals.push(
    stage.provider.onSend(() => {
      stage.pass(15_000); // each request takes as long as it may
      return undefined;
    }),
  );
  const ends = [await stage.run(job), await stage.run(job)];
  expect(ends).toEqual([{ waitMs: 0 }, 'done']);
  expect(stage.texts(chat)).toHaveLength(4);
});
