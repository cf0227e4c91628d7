// Judge the template → find or make the chat → store it → schedule a look at its result → queue.
import type { Channel } from '../../../shared/contract/channel.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import {
  type NotificationAnswer,
  notificationRequestSchema,
} from '../../../shared/contract/notification-request.ts';
import { bodyHash } from '../../../shared/kernel/body-hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { enqueue } from '../../../shared/queues/queue.ts';
import { lookAtResult } from '../../../shared/rules/delivery/notification-result.ts';
import { outboundEntry, replyJobs } from '../../../shared/rules/delivery/reply-jobs.ts';
import { schedule } from '../../../shared/store/due.ts';
import { readChatName } from '../../chain/read-chat-name.ts';
import { acceptOnce } from '../accept-once.ts';
import { findOrMakeNamedChat } from '../chat/find-or-make-named-chat.ts';
import type { RequestsDeps } from '../deps.ts';
import { insertDeliveries } from './insert-deliveries.ts';
import { judgeReplies } from './judge-replies.ts';
import { requireActive } from './require-active.ts';
import { storeReplies } from './store-replies.ts';

/**
 * PROTOCOLS 12 and 21.1: accepts a template that an external system wants sent. The agent will be asked
 * once about its result. Throws `request-invalid`, `reply-invalid`, `payload-too-large`,
 * `chat-unknown`, `channel-inactive`, `idempotency-key-reused`; then nothing was accepted.
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
      await requireActive(deps, channel);
      return { chat_id: (await findOrMakeNamedChat(deps, channel, name)).id };
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
  log.appendKeys({ trace_id: reply.turn_id });
  if (await storeReplies(deps, accepted, isRepeat)) {
    await scheduleAndQueue(deps, channel, { ...reply, notification });
  }
  log.info('notification-accepted', { chat_id: facts.chat_id, repeat: isRepeat });
  const { chat_id, reply_id } = reply;
  return { notification_id: notification.id, chat_id, reply_id };
}

/** Scheduled first: even if this function dies in between, the agent is asked about all that was queued. */
async function scheduleAndQueue(
  deps: RequestsDeps,
  { options }: Channel,
  job: ReplyJob,
): Promise<void> {
  await insertDeliveries(deps, [job]);
  await schedule(deps.table, lookAtResult(job, options.notification_timeout_minutes));
  await enqueue(deps.queues.outbound, [outboundEntry(job)]);
}
