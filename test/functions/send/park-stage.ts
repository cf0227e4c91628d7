import { afterEach, expect } from 'vitest';
import type { JobEnd } from '../../../functions/chain/queue.ts';
import { lookAtPark } from '../../../functions/send/reply/look-at-park.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { Part } from '../../../shared/contract/delivery.ts';
import type { DeliveryNews } from '../../../shared/contract/delivery-news.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import { readCallbackData } from '../../../shared/rules/delivery/callback-data.ts';
import { type AcceptedReplies, replyJobs } from '../../../shared/rules/delivery/reply-jobs.ts';
import { advancePart } from '../../../shared/store/delivery/advance-part.ts';
import { type Due, dueNow } from '../../../shared/store/due.ts';
import { DUE_LISTS } from '../../../shared/store/keys.ts';
import { writeTurn } from '../../../shared/store/turns.ts';
import { openSendStage, type SendStage } from './stage.ts';

export const HOUR = 60 * 60_000;
export const DAY = 24 * HOUR;

/** What a channel may send to a visitor whose window is closed. */
export const FALLBACK = { name: 'hello_again', language: 'en' };

export interface ParkStage extends SendStage {
  /** A channel that parks what finds its window closed. */
  parking(options?: Record<string, unknown>): Promise<Channel>;
  /** The same, with an agent that wants to hear everything. */
  telling(options?: Record<string, unknown>): Promise<Channel>;
  /** A visitor who last wrote 25 hours ago. */
  silent(channel: Channel): Promise<Chat>;
  /** An answer of the agent's, its words in a turn, and the jobs that carry it. */
  answer(chat: Chat, replies: unknown[], more?: Partial<AcceptedReplies>): Promise<ReplyJob[]>;
  /** An answer of one reply, delivered. */
  say(chat: Chat, reply: unknown, more?: Partial<AcceptedReplies>): Promise<ReplyJob>;
  /** The first part of a reply, as its delivery has it. */
  part(job: ReplyJob): Promise<Part | undefined>;
  /** One look at a chat's park. */
  look(chat: Chat): Promise<JobEnd>;
  /** The same, again after each wait, with the clock moved by as much. Returns the waits. */
  release(chat: Chat): Promise<number[]>;
  /** The replies that wait, by their ids. */
  parked(chat: Chat): Promise<string[]>;
  /** The looks that wait for their time, the soonest first. */
  looks(chat: Chat): Promise<Due[]>;
  /** What the agent is told, since the test began. */
  news(): DeliveryNews[];
  /** A status arrives for each message the provider has taken for this visitor. */
  tellStatuses(chat: Chat): Promise<void>;
}

/** The sender's stage, for replies that find the window closed. */
export function openParkStage(): ParkStage {
  const stage = openSendStage() as ParkStage;
  afterEach(() => {
    expect(stage.provider.refusals.splice(0)).toEqual([]);
  });
  let answers = 0;

  const park = { if_window_closed: 'park' };
  stage.parking = (options = {}) => stage.channel({ ...park, ...options });
  stage.telling = async (options = {}) => {
    const { agent } = await stage.channel();
    const everything = { agent: { ...agent, events: ['delivery'] } };
    return stage.channel({ ...park, ...options }, everything);
  };
  stage.silent = (channel) => stage.visitor(channel, { inboundAt: stage.deps.now() - 25 * HOUR });
  stage.answer = async (chat, replies, more = {}) => {
    answers += 1;
    const turnId = `evt_answer_${answers}`;
    const at = stage.deps.now();
    await writeTurn(
      stage.table,
      { channelId: chat.channel_id, eventId: turnId },
      { chatId: chat.id, outcome: { kind: 'answered', answer: { replies, dialog: 'open' } }, at },
    );
    return replyJobs({
      channelId: chat.channel_id,
      chatId: chat.id,
      turnId,
      eventId: turnId,
      acceptedAt: at,
      automatic: true,
      replies,
      ...more,
    });
  };
  stage.say = async (chat, reply, more) => {
    const [job] = await stage.answer(chat, [reply], more);
    if (!job) throw new Error('there is no reply');
    await stage.deliver(job);
    return job;
  };
  stage.part = async (job) => (await stage.delivery(job)).parts[0];
  stage.look = ({ channel_id, id: chat_id }) =>
    lookAtPark(stage.deps, { kind: 'release', channel_id, chat_id });
  stage.release = async (chat) => {
    const waits: number[] = [];
    for (let end = await stage.look(chat); end !== 'done'; end = await stage.look(chat)) {
      waits.push(end.waitMs);
      if (waits.length > 100) throw new Error(`it waits for ever: ${waits.slice(-5)}`);
      stage.pass(end.waitMs);
    }
    return waits;
  };
  stage.parked = async (chat) => (await stage.chat(chat)).parked.map(({ reply_id }) => reply_id);
  stage.looks = async ({ id }) => {
    const ever = { now: stage.deps.now() + 99 * DAY, limit: 1_000 };
    const lists = DUE_LISTS.map((list) => dueNow(stage.table, list, ever));
    return (await Promise.all(lists))
      .flatMap(({ due }) => due)
      .filter(({ job }) => 'chat_id' in job && job.chat_id === id)
      .toSorted((a, b) => a.at - b.at);
  };
  stage.news = () =>
    stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news : expect.fail(job.kind)));
  stage.tellStatuses = async ({ channel_id: channelId, phone }) => {
    for (const { request, messageId } of stage.provider.sent) {
      const name = readCallbackData(request.callbackData);
      if (request.phone !== phone || !name) continue;
      const news = { status: 'sent' as const, messageId, at: stage.deps.now() };
      await advancePart(stage.table, { channelId, ...name }, { ...news, code: null, reason: null });
    }
  };
  return stage;
}
