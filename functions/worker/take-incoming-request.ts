// Somebody outside wants the agent to write first: as a turn, behind whatever the visitor said before.
import type { Channel } from '../../shared/contract/channel.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { channelVariables } from '../../shared/rules/agent-event/channel-variables.ts';
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
  const at = new Date(job.received_at).toISOString();
  return takeOutsideTurn(deps, {
    channel,
    eventId,
    chatId,
    job,
    eventFor: (chat, attempt, now) => ({
      ...eventEnvelope({ channel, chat, eventId, now }),
      event: { id: eventId, type: 'incoming_request', at, attempt },
      context: channelVariables({ chat, message: null, fileUrl: null }),
      request: { body, headers, query, is_urgent },
    }),
    onDropped: () => {
      count('incoming-request-dropped');
      log.info('incoming-request-dropped', { reason: 'chat-erased' });
    },
  });
}
