// Find the chat → may the agent be asked now? → queue the request behind the visitor's messages.
import type { Channel } from '../../../shared/contract/channel.ts';
import type { IncomingRequestAnswer } from '../../../shared/contract/incoming-request.ts';
import type { InboundJob } from '../../../shared/contract/jobs.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { hashOf } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { enqueue } from '../../../shared/queues/queue.ts';
import { dialogOf } from '../../../shared/rules/agent-event/event-envelope.ts';
import { visitorName } from '../../../shared/rules/identity/visitor-name.ts';
import { findNamedChat } from '../../chain/find-named-chat.ts';
import { acceptOnce } from '../accept-once.ts';
import type { RequestsDeps } from '../deps.ts';
import type { SentIncomingRequest } from './read-incoming-request.ts';
import { requireActive } from './require-active.ts';

/**
 * PROTOCOLS 12: accepts an Incoming Request. The agent is asked once the visitor's current turn is over.
 * Throws `chat-unknown`, `channel-inactive`, `dialog-open`, `idempotency-key-reused`; then nothing was
 * accepted.
 */
export async function acceptIncomingRequest(
  deps: RequestsDeps,
  channel: Channel,
  request: SentIncomingRequest,
  key: string | null,
): Promise<IncomingRequestAnswer> {
  const { name, isUrgent, body, headers, query, bodyHash } = request;
  const asked = { channelId: channel.id, endpoint: 'incoming_request', key, bodyHash };
  const { facts, acceptedAt, idFor } = await acceptOnce(deps, asked, async () => {
    const chat = await findNamedChat(deps, channel, name);
    await requireActive(deps, channel);
    const { incoming_request_when_open: whenOpen, dialog_idle_minutes: idle } = channel.options;
    const isOpen = dialogOf(chat, idle, deps.now()) === 'open';
    if (isOpen && whenOpen === 'refuse' && !isUrgent) {
      throw new Failure('dialog-open', { detail: 'Ask later, or say that it is_urgent.' });
    }
    return { chat_id: chat.id, group: hashOf(channel.id, visitorName(chat)) };
  });
  const eventId = idFor('evt');
  log.appendKeys({ trace_id: eventId });
  const job: InboundJob = {
    channel_id: channel.id,
    received_at: acceptedAt,
    item: {
      kind: 'incoming-request',
      request: {
        event_id: eventId,
        chat_id: facts.chat_id,
        body,
        headers,
        query,
        is_urgent: isUrgent,
      },
    },
  };
  const deduplicationId = hashOf(channel.id, job.item.kind, eventId, 'in');
  await enqueue(deps.queues.inbound, [{ job, group: facts.group, deduplicationId }]);
  log.info('incoming-request-accepted', { chat_id: facts.chat_id });
  return { event_id: eventId };
}
