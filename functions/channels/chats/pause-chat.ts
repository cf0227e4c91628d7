import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { pauseRequestSchema } from '../../../shared/contract/pause-request.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { chatView } from '../../../shared/rules/chat/chat-view.ts';
import { setPause } from '../../../shared/store/chat/pause-chat.ts';
import { chatUnknown, findNamedChat } from '../../chain/find-named-chat.ts';
import type { ChannelsDeps } from '../deps.ts';
import { existing } from '../load-channel.ts';

interface ChatRef {
  channelId: string;
  chatId: string;
}

/**
 * Keeps the agent silent in a chat for so many minutes from now, as the endpoint of the agent does. The last
 * call counts. Throws `request-invalid`, `channel-unknown`, `chat-unknown`.
 */
export async function pauseChat(
  deps: ChannelsDeps,
  ref: ChatRef,
  body: unknown,
): Promise<ChatView> {
  const { minutes } = parse(pauseRequestSchema, body);
  const view = await setPauseOf(deps, ref, () => deps.now() + minutes * 60_000);
  log.info('chat-paused', { chat_id: view.chat_id });
  return view;
}

/** Lets the agent answer in a chat again. Throws `channel-unknown`, `chat-unknown`. */
export async function resumeChat(deps: ChannelsDeps, ref: ChatRef): Promise<ChatView> {
  const view = await setPauseOf(deps, ref, () => null);
  log.info('chat-resumed', { chat_id: view.chat_id });
  return view;
}

async function setPauseOf(
  deps: ChannelsDeps,
  { channelId, chatId }: ChatRef,
  endOfPause: () => number | null,
): Promise<ChatView> {
  const channel = await existing(deps, channelId);
  const { id } = await findNamedChat(deps, channel, { kind: 'chat_id', value: chatId });
  const chat = await setPause(deps.table, { channel_id: channel.id, id }, endOfPause());
  if (!chat) throw chatUnknown();
  return chatView(chat, channel, deps.now());
}
