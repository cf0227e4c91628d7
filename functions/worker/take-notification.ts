// A notification has its result: the agent goes on from there, as in any turn.
import type { Channel } from '../../shared/contract/channel.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { channelVariables } from '../../shared/rules/agent-event/channel-variables.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { takeOutsideTurn } from './take-outside-turn.ts';

export type ResultJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'notification-result' }>;
};

/**
 * PROTOCOLS 21.4: the agent is asked once, whatever else is queued for the same notification; the
 * first result that is worked on counts. What it replies waits for the visitor where it may not go.
 */
export function takeNotification(
  deps: WorkerDeps,
  channel: Channel,
  job: ResultJob,
): Promise<JobEnd> {
  const { chat_id: chatId, ...notification } = job.item.notification;
  const eventId = idOf('evt', channel.id, 'notification', notification.id);
  const at = new Date(job.received_at).toISOString();
  return takeOutsideTurn(deps, {
    channel,
    eventId,
    chatId,
    job,
    parkIfClosed: true,
    eventFor: (chat, attempt, now) => ({
      ...eventEnvelope({ channel, chat, eventId, now }),
      event: { id: eventId, type: 'notification', at, attempt },
      context: channelVariables({ chat, message: null, fileUrl: null }),
      notification,
    }),
    onDropped: () => {
      count('notification-dropped');
      log.info('notification-dropped', { reason: 'chat-erased' });
    },
  });
}
