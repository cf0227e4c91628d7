// A chat keeps the `channel_chat_id` it was given when its visitor gets another number or BSUID. The
// alias of the name in it then leads elsewhere, or nowhere: this item still leads to the chat.
import type { Chat } from '../../contract/chat.ts';
import { formerIdKey } from '../keys.ts';
import { deleteItem, getItem, putItem, type Table } from '../table.ts';
import { findChat } from './find-chat.ts';

/** A `channel_chat_id` whose name no longer leads to the chat that was given it. */
export interface FormerId {
  channelId: string;
  channelChatId: string;
}

/**
 * PROTOCOLS 8.3a: the chat can still be looked up by its `channel_chat_id`. Where two chats had the same
 * one, the chat that moved on last is the one that is meant. The chat is read again afterwards, so that
 * one that was erased meanwhile leaves no such item.
 */
export async function keepFormerId(table: Table, chat: Chat, now: number): Promise<void> {
  const former = { channelId: chat.channel_id, channelChatId: chat.channel_chat_id };
  const key = formerIdKey(former.channelId, former.channelChatId);
  await putItem(table, { ...key, chat_id: chat.id, learnt_at: now });
  const found = await findChat(table, chat.channel_id, chat.id, { consistent: true });
  if (!found) await forgetFormerId(table, former, chat.id);
}

/** The id of the chat that had this `channel_chat_id` last; null: none has moved on from it. Read consistently. */
export async function findChatOfFormerId(
  table: Table,
  { channelId, channelChatId }: FormerId,
): Promise<string | null> {
  const key = formerIdKey(channelId, channelChatId);
  const former = await getItem<{ chat_id: string }>(table, key, { consistent: true });
  return former?.chat_id ?? null;
}

/** PROTOCOLS 13.2: it leads nowhere from now on, if it still leads to `chatId`. */
export async function forgetFormerId(
  table: Table,
  { channelId, channelChatId }: FormerId,
  chatId: string,
): Promise<void> {
  await deleteItem(table, formerIdKey(channelId, channelChatId), {
    condition: '#chat_id = :chat',
    values: { ':chat': chatId },
  });
}
