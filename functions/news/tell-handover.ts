import type { Channel } from '../../shared/contract/channel.ts';
import type { HandoverJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { handoverEventId } from '../../shared/rules/agent-event/event-id.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import type { JobEnd } from '../chain/queue.ts';
import { tellOnce } from '../chain/tell-once.ts';
import type { NewsDeps } from './deps.ts';

/**
 * PROTOCOLS 3.5: 360dialog has no operators an agent could hand a chat to. An agent that wants one is
 * told so, once for each turn.
 */
export function tellHandover(
  deps: NewsDeps,
  channel: Channel,
  { chat_id: chatId, turn_id, at }: HandoverJob,
): Promise<JobEnd> {
  const eventId = handoverEventId(channel.id, turn_id);
  log.appendKeys({ trace_id: turn_id });
  return tellOnce(deps, channel, eventId, async () => {
    const chat = await findChat(deps.table, channel.id, chatId, { consistent: true });
    if (!chat) return 'done'; // it was erased
    return {
      chatId,
      eventFor: (posting) => ({
        ...eventEnvelope(
          { channel, chat, type: 'handover', eventId, traceId: turn_id, at },
          posting,
        ),
        handover: { by: 'agent', supported: false, code: 'operator-transfer-unsupported' },
      }),
    };
  });
}
