import type { Chat } from '../../contract/chat.ts';
import { nameInChannelChatId } from '../../rules/identity/channel-chat-id.ts';
import type { Table } from '../table.ts';
import { findAlias } from './aliases.ts';
import { findChat } from './find-chat.ts';
import { findChatOfFormerId } from './former-channel-chat-ids.ts';

/** One of the names a chat can be looked up by. Phones are digits. */
export type ChatName =
  | { kind: 'chat_id'; value: string }
  | { kind: 'channel_chat_id'; value: string }
  | { kind: 'phone'; value: string }
  | { kind: 'bsuid'; value: string };

/** 20 random bytes as hex. */
const CHAT_ID = /^[0-9a-f]{40}$/;

/** The chat a caller names; null: there is none. Every read is consistent. */
export async function findChatBy(
  table: Table,
  channelId: string,
  { kind, value }: ChatName,
): Promise<Chat | null> {
  const read = (chatId: string | null) =>
    chatId === null ? null : findChat(table, channelId, chatId, { consistent: true });
  switch (kind) {
    case 'chat_id':
      return CHAT_ID.test(value) ? read(value) : null;
    case 'phone':
    case 'bsuid':
      return read(await findAlias(table, { channelId, kind, value }));
    case 'channel_chat_id':
      return findByChannelChatId(table, channelId, value);
  }
}

/**
 * PROTOCOLS 8: when a number got a new owner, two chats may have the same `channel_chat_id`. The newest
 * one is meant: the chat that has the number now, else the chat that had it last.
 */
async function findByChannelChatId(
  table: Table,
  channelId: string,
  channelChatId: string,
): Promise<Chat | null> {
  const name = nameInChannelChatId(channelChatId);
  if (!name) return null;
  const owners = [
    () => findAlias(table, { channelId, ...name }),
    () => findChatOfFormerId(table, { channelId, channelChatId }),
  ];
  for (const findOwner of owners) {
    const chatId = await findOwner();
    const chat = chatId && (await findChat(table, channelId, chatId, { consistent: true }));
    // The number may lead to a chat that was made under another name, and has another `channel_chat_id`.
    if (chat && chat.channel_chat_id === channelChatId) return chat;
  }
  return null;
}
