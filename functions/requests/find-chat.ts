import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import { BSUID } from '../../shared/contract/identity-form.ts';
import type { Recipient } from '../../shared/contract/messages-request.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { readPhone } from '../../shared/rules/chat/phone-number.ts';
import { type ChatName, findChatBy } from '../../shared/store/chat/find-chat-by.ts';
import { inChatOf } from '../../shared/store/chat/find-or-make-chat.ts';
import { makeChat } from '../../shared/store/chat/make-chat.ts';
import type { RequestsDeps } from './deps.ts';

/**
 * Reads the one name a caller gives. `path` is where it stands: `to.`, or '' in a query. Throws
 * `request-invalid` for what can be nobody's phone number or BSUID.
 */
export function readChatName(named: Recipient, path: string): ChatName {
  const { chat_id, channel_chat_id, phone, bsuid } = named;
  if (chat_id) return { kind: 'chat_id', value: chat_id };
  if (channel_chat_id) return { kind: 'channel_chat_id', value: channel_chat_id };
  if (phone) {
    const value = readPhone(phone);
    if (value !== null) return { kind: 'phone', value };
    throw invalid(
      `${path}phone`,
      'must be a phone number with its country code, like +49 171 3920042',
    );
  }
  if (bsuid && BSUID.test(bsuid)) return { kind: 'bsuid', value: bsuid };
  throw invalid(`${path}bsuid`, 'must be a business-scoped user id, like DE.7340021985561204');
}

/** The chat a caller means. Throws `chat-unknown`. */
export async function findItsChat(
  { table }: Pick<RequestsDeps, 'table'>,
  channel: Channel,
  name: ChatName,
): Promise<Chat> {
  const chat = await findChatBy(table, channel.id, name);
  if (chat) return chat;
  throw chatUnknown();
}

/** The same, but somebody nobody has met yet gets a chat (docs/contract.md#agent-to-us: then only templates go). */
export async function findOrMakeItsChat(
  deps: RequestsDeps,
  channel: Channel,
  name: ChatName,
): Promise<Chat> {
  const chat = await findChatBy(deps.table, channel.id, name);
  if (chat) return chat;
  if (name.kind !== 'phone' && name.kind !== 'bsuid') throw chatUnknown();
  const names = { phone: null, bsuid: null, [name.kind]: name.value };
  return inChatOf(deps, channel.id, names, (chatId) =>
    makeChat(deps.table, {
      channelId: channel.id,
      chatId,
      ...names,
      eventId: '',
      now: deps.now(),
    }),
  );
}

export const chatUnknown = () =>
  new Failure('chat-unknown', { detail: 'No chat of this channel goes by this name.' });

const invalid = (path: string, detail: string) =>
  new Failure('request-invalid', {
    detail: 'See errors for each field.',
    errors: [{ path, detail }],
  });
