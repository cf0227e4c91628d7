// Judge every reply → find or make the chat → store the replies → open deliveries → queue.
import type { Channel } from '../../../shared/contract/channel.ts';
import {
  type MessagesAnswer,
  messagesRequestSchema,
} from '../../../shared/contract/messages-request.ts';
import { bodyHash } from '../../../shared/kernel/body-hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { enqueue } from '../../../shared/queues/queue.ts';
import { outboundEntry, replyJobs } from '../../../shared/rules/delivery/reply-jobs.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import { readChatName } from '../../chain/read-chat-name.ts';
import { acceptOnce } from '../accept-once.ts';
import { findOrMakeNamedChat } from '../chat/find-or-make-named-chat.ts';
import type { RequestsDeps } from '../deps.ts';
import { insertDeliveries } from './insert-deliveries.ts';
import { judgeReplies } from './judge-replies.ts';
import { storeReplies } from './store-replies.ts';

/**
 * PROTOCOLS 12: accepts replies that a caller wants sent, in the order in which they are accepted.
 * Whether the window and the channel allow them is judged by the sender, when it sends them. Throws
 * `request-invalid`, `reply-invalid`, `payload-too-large`, `chat-unknown`, `idempotency-key-reused`;
 * then nothing was accepted.
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
    { channelId: channel.id, endpoint: 'messages', key, bodyHash: bodyHash(request) },
    async () => ({ chat_id: (await findOrMakeNamedChat(deps, channel, name)).id }),
  );
  const accepted = {
    channelId: channel.id,
    chatId: facts.chat_id,
    turnId: idFor('req'),
    eventId,
    acceptedAt,
    automatic: false,
    ...(await parkedLikeItsNotification(deps, channel, facts.chat_id, eventId)),
    replies,
  };
  const jobs = replyJobs(accepted);
  log.appendKeys({ trace_id: traceOf({ event_id: eventId, turn_id: accepted.turnId }) });
  if (await storeReplies(deps, accepted, isRepeat)) {
    await insertDeliveries(deps, jobs);
    await enqueue(deps.queues.outbound, jobs.map(outboundEntry));
  }
  log.info('messages-accepted', { chat_id: facts.chat_id, replies: jobs.length, repeat: isRepeat });
  return { chat_id: facts.chat_id, replies: jobs.map(({ reply_id }) => ({ reply_id })) };
}

/**
 * Late replies to a notification wait for the window to open, as the replies given at once do. An agent may
 * call us while it is being asked, before a cheap read knows of its turn.
 */
async function parkedLikeItsNotification(
  { table }: RequestsDeps,
  { id: channelId }: Channel,
  chatId: string,
  eventId: string | null,
): Promise<{ parkIfClosed?: true }> {
  if (eventId === null) return {};
  const place = { channelId, eventId };
  const turn =
    (await findTurn(table, place)) ?? (await findTurn(table, place, { consistent: true }));
  return turn?.park_if_closed_in === chatId ? { parkIfClosed: true } : {};
}
