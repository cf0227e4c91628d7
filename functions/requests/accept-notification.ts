// Judge the template → know the chat → keep what was written → remember to look at it → queue it.
import type { Channel } from '../../shared/contract/channel.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import {
  type NotificationAnswer,
  notificationRequestSchema,
} from '../../shared/contract/notification-request.ts';
import { bodyHash } from '../../shared/kernel/body-hash.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import { outboundEntry, replyJobs } from '../../shared/rules/delivery/reply-jobs.ts';
import { schedule } from '../../shared/store/due.ts';
import { acceptOnce } from './accept-once.ts';
import type { RequestsDeps } from './deps.ts';
import { chatUnknown, findOrMakeItsChat, readChatName } from './find-chat.ts';
import { judgeReplies } from './judge-replies.ts';
import { openDeliveries } from './open-deliveries.ts';
import { storeReplies } from './store-replies.ts';

/**
 * PROTOCOLS 12 and 21.1: a template that somebody outside wants sent, and whose result the agent will
 * be asked about, once. Throws `request-invalid`, `reply-invalid`, `payload-too-large`, `chat-unknown`,
 * `channel-inactive`, `idempotency-key-reused`; then nothing was accepted.
 */
export async function acceptNotification(
  deps: RequestsDeps,
  channel: Channel,
  body: unknown,
  key: string | null,
): Promise<NotificationAnswer> {
  const request = parse(notificationRequestSchema, body);
  const { id: _, ...named }: Record<string, unknown> = request.template;
  const template = { ...named, type: 'template' };
  judgeReplies(channel, [template], () => 'template');
  const name = readChatName(request.to, 'to.');
  const { facts, acceptedAt, isRepeat, idFor } = await acceptOnce(
    deps,
    { channelId: channel.id, endpoint: 'notifications', key, bodyHash: bodyHash(request) },
    async () => {
      // Nobody would ask the agent about the result, and whoever calls had better know.
      if (!channel.active) {
        throw new Failure('channel-inactive', { detail: 'Activate the channel and ask again.' });
      }
      return { chat_id: (await findOrMakeItsChat(deps, channel, name)).id };
    },
  );
  const accepted = {
    channelId: channel.id,
    chatId: facts.chat_id,
    turnId: idFor('req'),
    eventId: null,
    acceptedAt,
    automatic: false,
    replies: [template],
  };
  const notification = {
    id: idFor('ntf'),
    ...(request.request_id && { request_id: request.request_id }),
  };
  const [reply] = replyJobs(accepted) as [ReplyJob]; // one template, one job
  const isKept = await storeReplies(deps, accepted);
  if (!isKept && !isRepeat) throw chatUnknown();
  if (isKept) await sendAndLookAfter(deps, channel, { ...reply, notification });
  log.info('notification-accepted', { chat_id: facts.chat_id, repeat: isRepeat });
  const { chat_id, reply_id } = reply;
  return { notification_id: notification.id, chat_id, reply_id };
}

/** The look comes before the message: whatever dies from here on, what left has its result in time. */
async function sendAndLookAfter(
  deps: RequestsDeps,
  { options }: Channel,
  job: ReplyJob,
): Promise<void> {
  const { channel_id, reply_id } = job;
  await openDeliveries(deps, [job]);
  await schedule(deps.table, {
    id: idOf('due', 'notification', channel_id, reply_id),
    at: job.accepted_at + options.notification_timeout_minutes * 60_000,
    job: { kind: 'notification', channel_id, reply_id, time_up: true },
  });
  await enqueue(deps.queues.outbound, [outboundEntry(job)]);
}
