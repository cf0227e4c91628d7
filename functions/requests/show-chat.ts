import type { Channel } from '../../shared/contract/channel.ts';
import type { ChatView } from '../../shared/contract/chat-view.ts';
import { recipientSchema } from '../../shared/contract/messages-request.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { chatView } from '../../shared/rules/chat/chat-view.ts';
import type { RequestsDeps } from './deps.ts';
import { findItsChat, readChatName } from './find-chat.ts';

/** A chat as it is now. Throws `chat-unknown`. */
export async function showChat(
  deps: RequestsDeps,
  channel: Channel,
  chatId: string,
): Promise<ChatView> {
  const chat = await findItsChat(deps, channel, { kind: 'chat_id', value: chatId });
  return chatView(chat, channel, deps.now());
}

/** The same, looked up by the one name in a query. Throws `request-invalid` too. */
export async function lookUpChat(
  deps: RequestsDeps,
  channel: Channel,
  query: Record<string, string | undefined>,
): Promise<ChatView> {
  const name = readChatName(parse(recipientSchema, query), '');
  return chatView(await findItsChat(deps, channel, name), channel, deps.now());
}
