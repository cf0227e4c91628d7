// A notification has its result: the agent is asked how to go on, as in any turn.
import type { Channel } from '../../shared/contract/channel.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { notificationEventId } from '../../shared/rules/agent-event/event-id.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { takeOutsideTurn } from './take-outside-turn.ts';

export type ResultJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'notification-result' }>;
};

/**
 * PROTOCOLS 21.4: the agent is asked once, whatever else is queued for the same notification; the
 * first result that is worked on counts. Where the window is closed, its replies wait for the visitor.
 */
export function takeNotification(
  deps: WorkerDeps,
  channel: Channel,
  job: ResultJob,
): Promise<JobEnd> {
  const { chat_id: chatId, ...notification } = job.item.notification;
  const eventId = notificationEventId(channel.id, notification.id);
  return takeOutsideTurn(deps, {
    channel,
    eventId,
    chatId,
    job,
    parkIfClosed: true,
    eventFor: (chat, posting) => ({
      ...eventEnvelope(
        { channel, chat, type: 'notification', eventId, at: job.received_at },
        posting,
      ),
      notification,
    }),
    onDropped: () => {
      count('notification-dropped');
      log.info('notification-dropped', { reason: 'chat-erased' });
    },
  });
}
