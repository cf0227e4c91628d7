import { expect, test } from 'vitest';
import type { StatusJob } from '../../../../shared/contract/jobs.ts';
import { openParkStage } from '../park-stage.ts';
import { metaError } from '../stage.ts';

const stage = openParkStage();
const template = { type: 'template', name: 'shipped', language: 'en' };
const notification = { id: 'ntf_1', request_id: 'mine' };

const looks = () =>
  stage
    .queued()
    .filter(
      (job): job is Extract<StatusJob, { kind: 'notification' }> => job.kind === 'notification',
    );

test('a notification that goes says nothing yet: statuses will', async () => {
  const chat = await stage.visitor(await stage.channel(), { inboundAt: null });
  const job = stage.job(chat, template, { notification, automatic: false });
  await stage.deliver(job);
  expect(stage.texts(chat)).toEqual(['shipped']);
  expect((await stage.delivery(job)).notification).toEqual(notification);
  expect(looks()).toEqual([]);
});

test.each([
  { when: 'WhatsApp refuses it', code: 131026 },
  { when: 'there is no such template', code: 132001 },
])('$when: its result is to be looked at, at once', async ({ code }) => {
  const chat = await stage.visitor(await stage.channel(), { inboundAt: null });
  const job = stage.job(chat, template, { notification, automatic: false });
  stage.provider.failNext(1, metaError(code));
  await stage.deliver(job);
  const look = { kind: 'notification', channel_id: job.channel_id, reply_id: job.reply_id };
  expect(looks()).toEqual([{ ...look, time_up: false }]);
  await stage.deliver(job); // the job comes again
  expect(looks()).toHaveLength(2);
});

test('a notification that is refused or expires before it goes has its result as well', async () => {
  const channel = await stage.channel({}, { active: false });
  const refused = stage.job(await stage.visitor(channel), template, { notification });
  await stage.deliver(refused);
  const late = { ...template, valid_for: 1 };
  const expired = stage.job(await stage.visitor(await stage.channel()), late, { notification });
  stage.pass(2_000);
  await stage.deliver(expired);
  expect(looks().map(({ reply_id }) => reply_id)).toEqual([refused.reply_id, expired.reply_id]);
});

test('a failed reply that is no notification has no result to be looked at', async () => {
  const chat = await stage.visitor(await stage.channel());
  stage.provider.failNext(1, metaError(131026));
  await stage.deliver(stage.job(chat, template));
  expect(looks()).toEqual([]);
});
