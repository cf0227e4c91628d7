import type { AgentSession, Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';

/**
 * PROTOCOLS 3.2a: keeps for the next turn what the agent's kind wants kept, or (null) forgets it. `at`: when
 * the turn ended, epoch milliseconds; what a later turn kept stays.
 */
export async function keepSession(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  session: AgentSession | null,
  at: number,
): Promise<void> {
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: 'SET #agent_session = :session',
    condition: `${IF_EXISTS} AND (attribute_not_exists(#agent_session) OR #agent_session.#at <= :at)`,
    values: { ':session': { json: JSON.stringify(session), at }, ':at': at },
  });
}
