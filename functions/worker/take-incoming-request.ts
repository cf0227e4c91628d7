// An Incoming Request has the agent write first: as a turn, behind what the visitor said before.
import type { Channel } from '../../shared/contract/channel.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { takeOutsideTurn } from './take-outside-turn.ts';

export type RequestJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'incoming-request' }>;
};

/** PROTOCOLS 12: the agent is asked once, however often the request comes. */
export function takeIncomingRequest(
  deps: WorkerDeps,
  channel: Channel,
  job: RequestJob,
): Promise<JobEnd> {
  const { event_id: eventId, chat_id: chatId, body, headers, query, is_urgent } = job.item.request;
  return takeOutsideTurn(deps, {
    channel,
    eventId,
    chatId,
    job,
    eventFor: (chat, posting) => ({
      ...eventEnvelope(
        { channel, chat, type: 'incoming_request', eventId, at: job.received_at },
        posting,
      ),
      request: { body, headers, query, is_urgent },
    }),
    onDropped: () => {
      count('incoming-request-dropped');
      log.info('incoming-request-dropped', { reason: 'chat-erased' });
    },
  });
}
