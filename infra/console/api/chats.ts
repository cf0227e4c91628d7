import type { ChatRecord } from '../../../shared/contract/chat-record.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import type { ReplyView } from '../../../shared/contract/reply-view.ts';
import { call } from './call.ts';

const segment = encodeURIComponent;
const chatsOf = (channelId: string) => `/admin/channels/${segment(channelId)}/chats`;
const one = (channelId: string, chatId: string) => `${chatsOf(channelId)}/${segment(chatId)}`;

/** One of the names that lead to a chat. */
export type ChatName =
  | { phone: string }
  | { bsuid: string }
  | { chat_id: string }
  | { channel_chat_id: string };

/** What an operator sees and does of one visitor (docs/contract.md#chats-as-the-operator-sees-them). */
export const chats = {
  find: async (channelId: string, name: ChatName) =>
    (await call<ChatView>('GET', `${chatsOf(channelId)}?${new URLSearchParams({ ...name })}`)).body,
  show: async (channelId: string, chatId: string, cursor: string | null = null) => {
    const rest = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
    return (await call<ChatRecord>('GET', one(channelId, chatId) + rest)).body;
  },
  pause: async (channelId: string, chatId: string, minutes: number) =>
    (await call<ChatView>('POST', `${one(channelId, chatId)}/pause`, { body: { minutes } })).body,
  resume: async (channelId: string, chatId: string) =>
    (await call<ChatView>('POST', `${one(channelId, chatId)}/resume`)).body,
  erase: (channelId: string, chatId: string) => call('DELETE', one(channelId, chatId)),
  reply: async (channelId: string, replyId: string) =>
    (
      await call<ReplyView>(
        'GET',
        `/admin/channels/${segment(channelId)}/replies/${segment(replyId)}`,
      )
    ).body,
};
