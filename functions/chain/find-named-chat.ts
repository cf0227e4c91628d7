import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { type ChatName, findChatBy } from '../../shared/store/chat/find-chat-by.ts';
import type { Table } from '../../shared/store/table.ts';

/** The chat that a caller has named. Throws `chat-unknown`. */
export async function findNamedChat(
  { table }: { table: Table },
  channel: Pick<Channel, 'id'>,
  name: ChatName,
): Promise<Chat> {
  const chat = await findChatBy(table, channel.id, name);
  if (chat) return chat;
  throw chatUnknown();
}

export const chatUnknown = () =>
  new Failure('chat-unknown', { detail: 'No chat of this channel goes by this name.' });
