import type { Channel } from '../../shared/contract/channel.ts';
import type { ChatView } from '../../shared/contract/chat-view.ts';
import { pauseRequestSchema } from '../../shared/contract/pause-request.ts';
import { log } from '../../shared/kernel/log.ts';
import { parse } from '../../shared/kernel/parse.ts';
import { bodyHash } from '../../shared/rules/body-hash.ts';
import { chatView } from '../../shared/rules/chat/chat-view.ts';
import { setPause } from '../../shared/store/chat/pause-chat.ts';
import { acceptOnce } from './accept-once.ts';
import type { RequestsDeps } from './deps.ts';
import { chatUnknown, findItsChat } from './find-chat.ts';

/**
 * The agent is silent in a chat for so many minutes from now; asked again, the new time counts, be it
 * longer or shorter. Throws `request-invalid`, `chat-unknown`, `idempotency-key-reused`.
 */
export async function pauseChat(
  deps: RequestsDeps,
  channel: Channel,
  chatId: string,
  body: unknown,
  key: string | null,
): Promise<ChatView> {
  const { minutes } = parse(pauseRequestSchema, body);
  const asked = {
    channelId: channel.id,
    endpoint: 'pause',
    key,
    bodyHash: bodyHash([chatId, minutes]),
  };
  // Under one key the same end, however late the repeat comes.
  const { facts } = await acceptOnce(deps, asked, async () => {
    const chat = await findItsChat(deps, channel, { kind: 'chat_id', value: chatId });
    return { chat_id: chat.id, until: deps.now() + minutes * 60_000 };
  });
  const place = { channel_id: channel.id, id: facts.chat_id };
  const chat = await setPause(deps.table, place, facts.until);
  if (!chat) throw chatUnknown();
  log.info('chat-paused', { chat_id: chat.id });
  return chatView(chat, channel, deps.now());
}
