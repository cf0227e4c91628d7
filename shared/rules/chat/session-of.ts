import type { AgentSession, Chat } from '../../contract/chat.ts';
import { dialogOf } from '../agent-event/event-envelope.ts';

/**
 * What the chat keeps for its agent, and whether a turn at `now` begins another dialog than the one in which
 * it was kept: the visitor was silent for the channel's time before the message that is asked about.
 */
export function sessionOf(
  chat: Chat,
  idleMinutes: number,
  now: number,
): { session: AgentSession | null; isNewDialog: boolean } {
  const kept = chat.agent_session;
  const session = kept && (JSON.parse(kept.json) as AgentSession | null);
  if (!kept || !session) return { session: null, isNewDialog: true };
  const before = Math.max(chat.inbound_before ?? 0, kept.at);
  const silentMs = (chat.last_inbound_at ?? 0) - before;
  const wasIdle = idleMinutes > 0 && silentMs >= idleMinutes * 60_000;
  return { session, isNewDialog: wasIdle || dialogOf(chat, idleMinutes, now) === 'closed' };
}
