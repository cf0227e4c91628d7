import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import { type ChatName, findChatBy } from '../../../shared/store/chat/find-chat-by.ts';
import { inChatOf } from '../../../shared/store/chat/find-or-make-chat.ts';
import { makeChat } from '../../../shared/store/chat/make-chat.ts';
import { findNamedChat } from '../../chain/find-named-chat.ts';
import type { RequestsDeps } from '../deps.ts';

/**
 * The chat that a caller has named. A phone or a BSUID that has no chat yet gets one: its visitor has
 * never written, so only templates can be sent there (docs/contract.md#agent-to-us). Throws
 * `chat-unknown` for the other kinds of names.
 */
export async function findOrMakeNamedChat(
  deps: RequestsDeps,
  channel: Channel,
  name: ChatName,
): Promise<Chat> {
  if (name.kind !== 'phone' && name.kind !== 'bsuid') return findNamedChat(deps, channel, name);
  const chat = await findChatBy(deps.table, channel.id, name);
  if (chat) return chat;
  const names = { phone: null, bsuid: null, [name.kind]: name.value };
  const forgetAfterDays = channel.options.forget_after_days;
  return inChatOf(deps, { channelId: channel.id, forgetAfterDays }, names, (chatId) =>
    makeChat(deps.table, {
      channelId: channel.id,
      chatId,
      ...names,
      eventId: '',
      now: deps.now(),
      forgetAfterDays,
    }),
  );
}
