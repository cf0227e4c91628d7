// Judge every reply → know the chat → keep what was written → queue the replies.
import type { Channel } from '../../shared/contract/channel.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import {
  type MessagesAnswer,
  messagesRequestSchema,
} from '../../shared/contract/messages-request.ts';
import { log } from '../../shared/kernel/log.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import { bodyHash } from '../../shared/rules/body-hash.ts';
import { outboundEntry, ownId, replyJobs } from '../../shared/rules/reply-jobs.ts';
import { noteWritten } from '../../shared/store/chats.ts';
import { openDelivery } from '../../shared/store/deliveries.ts';
import { writeTurn } from '../../shared/store/turns.ts';
import { acceptOnce } from './accept-once.ts';
import { chatUnknown, findOrMakeItsChat, readChatName } from './chat-meant.ts';
import type { RequestsDeps } from './deps.ts';
import { judgeReplies } from './judge-replies.ts';

/**
 * PROTOCOLS 12: replies that somebody wants sent, in the order in which they are accepted. Whether they
 * may go is judged at the instant of sending. Throws `request-invalid`, `reply-invalid`,
 * `payload-too-large`, `chat-unknown`, `idempotency-key-reused`; then nothing was accepted.
 */
export async function acceptMessages(
  deps: RequestsDeps,
  channel: Channel,
  body: unknown,
  key: string | null,
): Promise<MessagesAnswer> {
  const request = parse(messagesRequestSchema, body);
  const { replies, in_reply_to: eventId = null } = request;
  judgeReplies(channel, replies);
  const name = readChatName(request.to, 'to.');
  const { facts, acceptedAt, isRepeat, idFor } = await acceptOnce(
    deps,
    { channelId: channel.id, door: 'messages', key, bodyHash: bodyHash(request) },
    async () => ({ chat_id: (await findOrMakeItsChat(deps, channel, name)).id }),
  );
  const written = {
    channelId: channel.id,
    chatId: facts.chat_id,
    turnId: idFor('req'),
    acceptedAt,
    replies,
  };
  const jobs = replyJobs({ ...written, eventId, automatic: false });
  const isKept = await keepWords(deps, written);
  if (!isKept && !isRepeat) throw chatUnknown();
  if (isKept) await queue(deps, jobs);
  log.info('messages-accepted', { chat_id: facts.chat_id, replies: jobs.length, repeat: isRepeat });
  return { chat_id: facts.chat_id, replies: jobs.map(({ reply_id }) => ({ reply_id })) };
}

/** PROTOCOLS 12.4 and 12.5. False: the chat is erased, before this or while it was done. */
async function keepWords(
  { table, now }: RequestsDeps,
  written: {
    channelId: string;
    chatId: string;
    turnId: string;
    acceptedAt: number;
    replies: unknown[];
  },
): Promise<boolean> {
  const { channelId, chatId, turnId: eventId, acceptedAt: at, replies } = written;
  const chat = await noteWritten(table, { channel_id: channelId, id: chatId }, eventId, now());
  if (!chat) return false;
  const outcome = { kind: 'answered' as const, answer: { replies, dialog: 'open' as const } };
  const turn = await writeTurn(table, { channelId, eventId }, { chatId, outcome, at });
  return turn.outcome?.kind !== 'erased';
}

/** PROTOCOLS 12.6 and 12.7: who asks for a reply from now on finds that it waits. */
async function queue({ table, queues, now }: RequestsDeps, jobs: ReplyJob[]): Promise<void> {
  await Promise.all(
    jobs.map((job) => {
      const { channel_id, chat_id, reply_id, event_id, turn_id, index, accepted_at } = job;
      return openDelivery(
        table,
        {
          channel_id,
          reply_id,
          id: ownId(job.reply),
          event_id,
          turn_id,
          index,
          chat_id,
          accepted_at,
          automatic: job.automatic,
          queued: true,
          parts: {},
          part_count: 0,
          notes: [],
        },
        now(),
      );
    }),
  );
  await enqueue(queues.outbound, jobs.map(outboundEntry));
}
