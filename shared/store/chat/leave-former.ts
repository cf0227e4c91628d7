import type { Chat } from '../../contract/chat.ts';
import type { Table } from '../table.ts';
import { forgetFormer, keepFormer } from './aliases.ts';
import { findChat } from './chats.ts';

/**
 * PROTOCOLS 8.3a: a chat whose name moves on can still be looked up by the `channel_chat_id` it was
 * given. Looked at again afterwards, so that a chat that was erased meanwhile leaves none.
 */
export async function leaveFormer(table: Table, chat: Chat, now: number): Promise<void> {
  const former = { channelId: chat.channel_id, channelChatId: chat.channel_chat_id };
  await keepFormer(table, former, chat.id, now);
  const lives = await findChat(table, chat.channel_id, chat.id, { consistent: true });
  if (!lives) await forgetFormer(table, former, chat.id);
}
