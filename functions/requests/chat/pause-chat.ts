import type { Channel } from '../../../shared/contract/channel.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { pauseRequestSchema } from '../../../shared/contract/pause-request.ts';
import { bodyHash } from '../../../shared/kernel/body-hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { chatView } from '../../../shared/rules/chat/chat-view.ts';
import { setPause } from '../../../shared/store/chat/pause-chat.ts';
import { chatUnknown, findNamedChat } from '../../chain/find-named-chat.ts';
import { acceptOnce } from '../accept-once.ts';
import type { RequestsDeps } from '../deps.ts';

/**
 * Keeps the agent silent in a chat for so many minutes from now. A later pause replaces an earlier one,
 * be it longer or shorter. Throws `request-invalid`, `chat-unknown`, `idempotency-key-reused`.
 */
export async function pauseChat(
  deps: RequestsDeps,
  channel: Channel,
  chatId: string,
  body: unknown,
  key: string | null,
): Promise<ChatView> {
  const { minutes } = parse(pauseRequestSchema, body);
  const asked = { endpoint: 'pause', key, bodyHash: bodyHash([chatId, minutes]) };
  const view = await setPauseOnce(
    deps,
    channel,
    chatId,
    asked,
    () => deps.now() + minutes * 60_000,
  );
  log.info('chat-paused', { chat_id: view.chat_id });
  return view;
}

/**
 * Lets the agent answer in a chat again, from the next message on. Throws `chat-unknown`,
 * `idempotency-key-reused`.
 */
export async function resumeChat(
  deps: RequestsDeps,
  channel: Channel,
  chatId: string,
  key: string | null,
): Promise<ChatView> {
  const asked = { endpoint: 'resume', key, bodyHash: bodyHash(chatId) };
  const view = await setPauseOnce(deps, channel, chatId, asked, () => null);
  log.info('chat-resumed', { chat_id: view.chat_id });
  return view;
}

/** Repeats under one key set the same end of the pause again, however late they come. */
async function setPauseOnce(
  deps: RequestsDeps,
  channel: Channel,
  chatId: string,
  asked: { endpoint: string; key: string | null; bodyHash: string },
  endOfPause: () => number | null,
): Promise<ChatView> {
  const { facts } = await acceptOnce<{ chat_id: string; until?: number }>(
    deps,
    { channelId: channel.id, ...asked },
    async () => {
      const { id } = await findNamedChat(deps, channel, { kind: 'chat_id', value: chatId });
      const until = endOfPause();
      return until === null ? { chat_id: id } : { chat_id: id, until };
    },
  );
  const place = { channel_id: channel.id, id: facts.chat_id };
  const chat = await setPause(deps.table, place, facts.until ?? null);
  if (!chat) throw chatUnknown();
  return chatView(chat, channel, deps.now());
}
