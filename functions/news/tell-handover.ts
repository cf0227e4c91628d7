import type { Channel } from '../../shared/contract/channel.ts';
import type { HandoverJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
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
  const eventId = idOf('evt', channel.id, 'handover', turn_id);
  return tellOnce(deps, channel, eventId, async () => {
    const chat = await findChat(deps.table, channel.id, chatId, { consistent: true });
    if (!chat) return 'done'; // it was erased
    return {
      chatId,
      eventFor: (posting) => ({
        ...eventEnvelope({ channel, chat, type: 'handover', eventId, at }, posting),
        handover: { by: 'agent', supported: false, code: 'operator-transfer-unsupported' },
      }),
    };
  });
}
