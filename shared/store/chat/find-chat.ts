import type { Chat } from '../../contract/chat.ts';
import { chatKey, isExpired } from '../keys.ts';
import { getItem, type Table } from '../table.ts';
import { type StoredChat, whole } from './stored-chat.ts';

/** A chat by its id; null when there is none, or it was erased or its time is over. The window is judged with `consistent`. */
export async function findChat(
  table: Table,
  channelId: string,
  chatId: string,
  { consistent = false, now = Date.now() } = {},
): Promise<Chat | null> {
  const chat = await getItem<StoredChat>(table, chatKey(channelId, chatId), { consistent });
  return chat && chat.erased_at === undefined && !isExpired(chat, now) ? whole(chat) : null;
}
