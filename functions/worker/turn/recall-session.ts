import type { Channel } from '../../../shared/contract/channel.ts';
import type { AgentSession, Chat } from '../../../shared/contract/chat.ts';
import { sessionOf } from '../../../shared/rules/chat/session-of.ts';
import { keepSession } from '../../../shared/store/chat/keep-session.ts';
import type { WorkerDeps } from '../deps.ts';

/**
 * PROTOCOLS 3.0: what the chat keeps for its agent. What belongs to a dialog that is over is forgotten
 * before the agent is asked: if this turn fails for good, the next one must not go on in that dialog.
 */
export async function recallSession(
  { table, now }: Pick<WorkerDeps, 'table' | 'now'>,
  { channel, chat }: { channel: Channel; chat: Chat },
): Promise<AgentSession | null> {
  const at = now();
  const { session, isOver } = sessionOf(chat, channel, at);
  if (isOver) await keepSession(table, chat, null, at);
  return session;
}
