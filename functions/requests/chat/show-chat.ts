import type { Channel } from '../../../shared/contract/channel.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { recipientSchema } from '../../../shared/contract/messages-request.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { chatView } from '../../../shared/rules/chat/chat-view.ts';
import { findNamedChat } from '../../chain/find-named-chat.ts';
import { readChatName } from '../../chain/read-chat-name.ts';
import type { RequestsDeps } from '../deps.ts';

/** A chat as it is now. Throws `chat-unknown`. */
export async function showChat(
  deps: RequestsDeps,
  channel: Channel,
  chatId: string,
): Promise<ChatView> {
  const chat = await findNamedChat(deps, channel, { kind: 'chat_id', value: chatId });
  return chatView(chat, channel, deps.now());
}

/** The same for the one name that stands in a query. Throws `request-invalid`, `chat-unknown`. */
export async function lookUpChat(
  deps: RequestsDeps,
  channel: Channel,
  query: Record<string, string | undefined>,
): Promise<ChatView> {
  const name = readChatName(parse(recipientSchema, query), '');
  return chatView(await findNamedChat(deps, channel, name), channel, deps.now());
}
