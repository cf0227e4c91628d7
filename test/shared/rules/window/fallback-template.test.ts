import { expect, test } from 'vitest';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import { type ReplyJob, replyJobSchema } from '../../../../shared/contract/jobs.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { replyJobs } from '../../../../shared/rules/delivery/reply-jobs.ts';
import { fallbackJob, fallbackReply } from '../../../../shared/rules/window/fallback-template.ts';

const channel = (fallback_template: unknown) => ({
  options: parse(channelOptionsSchema, { fallback_template }),
});

test('the channel’s template is a reply like any other; without one there is none', () => {
  const template = { name: 'hello_again', language: 'en', parameters: ['Anna'] };
  expect(fallbackReply(channel(template))).toEqual({ type: 'template', ...template });
  expect(fallbackReply(channel(null))).toBeUndefined();
});

const [job] = replyJobs({
  channelId: 'ch_1',
  chatId: 'c1',
  turnId: 'evt_1',
  eventId: 'evt_1',
  acceptedAt: 1_000,
  automatic: false,
  parkIfClosed: true,
  replies: [{ type: 'text', text: 'hi', if_window_closed: 'template' }],
}) as [ReplyJob];
const behind = (inboundAt: number | null, from: ReplyJob = job) =>
  fallbackJob(from, { last_inbound_at: inboundAt }, { reply: 'template', waitsFrom: 5_000 });

test('its job goes for one reply, parses as a job, and has an id of its own', () => {
  const made = behind(7);
  expect(parse(replyJobSchema, JSON.parse(JSON.stringify(made)))).toEqual(made);
  expect(made).toMatchObject({
    chat_id: 'c1',
    turn_id: 'evt_1',
    automatic: false,
    accepted_at: 5_000,
    fallback_for: job.reply_id,
    reply: 'template',
  });
  expect(made).not.toHaveProperty('park_if_closed');
  expect(made.reply_id).toMatch(/^rep_[0-9a-f]{32}$/);
  expect(made.reply_id).not.toBe(job.reply_id);
});

test('a sender that comes again makes the same job; another reply, or a window closed anew, has its own', () => {
  expect(behind(7).reply_id).toBe(behind(7).reply_id);
  const other = { ...job, reply_id: 'rep_other' };
  const ids = [behind(7), behind(8), behind(null), behind(7, other)].map(
    ({ reply_id }) => reply_id,
  );
  expect(new Set(ids).size).toBe(4);
});
