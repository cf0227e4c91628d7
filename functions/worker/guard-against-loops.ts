// Two programs that answer each other never stop: beyond a number of turns an hour the agent is not asked.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { turnLimit } from '../../shared/rules/chat/turn-limit.ts';
import { restartTurnCount } from '../../shared/store/chat/restart-turn-count.ts';
import type { JobEnd } from '../chain/queue.ts';
import { tellOnce } from '../chain/tell-once.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * PROTOCOLS 30: whether the agent may be asked about this message. It is told once that it is not, for as long
 * as that lasts; `waitMs`: that could not be told yet.
 */
export async function guardAgainstLoops(
  deps: WorkerDeps,
  channel: Channel,
  chat: Chat,
): Promise<'within' | 'limited' | Exclude<JobEnd, 'done'>> {
  const now = deps.now();
  const limit = turnLimit(chat, channel.options.max_turns_per_hour, now);
  if (limit === 'begin-anew') await restartTurnCount(deps.table, chat, now);
  if (typeof limit === 'string') return 'within';
  const since = chat.turns_since ?? 0;
  const eventId = idOf('evt', channel.id, 'handover', chat.id, 'limit', since);
  const told = await tellOnce(deps, channel, eventId, async () => {
    count('chat-limited');
    log.warn('chat-limited', { channel_id: channel.id, chat_id: chat.id, event_id: eventId });
    const happened = { channel, chat, type: 'handover' as const, eventId, at: now };
    return {
      chatId: chat.id,
      eventFor: (posting) => ({
        ...eventEnvelope(happened, posting),
        handover: { by: 'limit', until: new Date(limit.until).toISOString() },
      }),
    };
  });
  return told === 'done' ? 'limited' : told;
}
