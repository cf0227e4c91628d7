import { keepsPastDialog } from '../../contract/agent-kind.ts';
import type { Channel } from '../../contract/channel.ts';
import type { AgentSession, Chat } from '../../contract/chat.ts';
import { dialogOf } from '../agent-event/event-envelope.ts';

/**
 * What the chat keeps for its agent at `now`. `isOver`: there is something, and it belongs to an earlier
 * dialog: the visitor was silent for the channel's time before the message that is asked about.
 */
export function sessionOf(
  chat: Pick<Chat, 'agent_session' | 'inbound_before' | 'last_inbound_at' | 'dialog' | 'dialog_at'>,
  { agent, options }: { agent: Pick<Channel['agent'], 'kind'>; options: IdleOption },
  now: number,
): { session: AgentSession | null; isOver: boolean } {
  const kept = chat.agent_session;
  const session = kept && (JSON.parse(kept.json) as AgentSession | null);
  if (!kept || !session) return { session: null, isOver: false };
  if (keepsPastDialog(agent.kind)) return { session, isOver: false };
  const idleMinutes = options.dialog_idle_minutes;
  const before = Math.max(chat.inbound_before ?? 0, kept.at);
  const silentMs = (chat.last_inbound_at ?? 0) - before;
  const wasIdle = idleMinutes > 0 && silentMs >= idleMinutes * 60_000;
  const isOver = wasIdle || dialogOf(chat, idleMinutes, now) === 'closed';
  return { session: isOver ? null : session, isOver };
}

type IdleOption = Pick<Channel['options'], 'dialog_idle_minutes'>;
