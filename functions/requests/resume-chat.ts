import type { Channel } from '../../shared/contract/channel.ts';
import type { ChatView } from '../../shared/contract/chat-view.ts';
import { log } from '../../shared/kernel/log.ts';
import { bodyHash } from '../../shared/rules/body-hash.ts';
import { chatView } from '../../shared/rules/chat/chat-view.ts';
import { setPause } from '../../shared/store/chat/pause-chat.ts';
import { acceptOnce } from './accept-once.ts';
import type { RequestsDeps } from './deps.ts';
import { chatUnknown, findItsChat } from './find-chat.ts';

/**
 * The agent answers in a chat again, from the next message on. Throws `chat-unknown`,
 * `idempotency-key-reused`.
 */
export async function resumeChat(
  deps: RequestsDeps,
  channel: Channel,
  chatId: string,
  key: string | null,
): Promise<ChatView> {
  const asked = { channelId: channel.id, endpoint: 'resume', key, bodyHash: bodyHash(chatId) };
  const { facts } = await acceptOnce(deps, asked, async () => {
    const chat = await findItsChat(deps, channel, { kind: 'chat_id', value: chatId });
    return { chat_id: chat.id };
  });
  const chat = await setPause(deps.table, { channel_id: channel.id, id: facts.chat_id }, null);
  if (!chat) throw chatUnknown();
  log.info('chat-resumed', { chat_id: chat.id });
  return chatView(chat, channel, deps.now());
}
