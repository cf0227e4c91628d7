// Finds the chat of a visitor's phone or BSUID through their aliases, or makes one (PROTOCOLS 2).
import type { Chat } from '../../contract/chat.ts';
import type { Identity } from '../../contract/identity.ts';
import { log } from '../../kernel/log.ts';
import { count } from '../../kernel/metrics.ts';
import type { Table } from '../table.ts';
import { type Alias, claimAlias, findAlias, forgetAlias, repointAlias } from './aliases.ts';
import { findChat } from './find-chat.ts';
import { keepFormerId } from './former-channel-chat-ids.ts';
import { renameChat } from './rename-chat.ts';

/** What making a chat needs; time and chance are arguments. */
export interface ChatMaker {
  table: Table;
  now: () => number;
  /** 20 random bytes as hex. */
  newChatId: () => string;
}

type Names = Pick<Identity, 'phone' | 'bsuid'>;

/** The phone comes first: where phone and BSUID lead to two chats, a message goes to the phone's. */
export function aliasesOf(channelId: string, { phone, bsuid }: Names): Alias[] {
  return [
    ...(phone ? [{ channelId, kind: 'phone' as const, value: phone }] : []),
    ...(bsuid ? [{ channelId, kind: 'bsuid' as const, value: bsuid }] : []),
  ];
}

/**
 * PROTOCOLS 2: calls `write` with the id of the chat these names lead to, or with a fresh id. When `write`
 * returns null the chat was erased: these aliases are removed, and `write` is called with another id.
 */
export async function inChatOf<T>(
  maker: ChatMaker,
  channelId: string,
  names: Names,
  write: (chatId: string) => Promise<T | null>,
): Promise<T> {
  for (;;) {
    const chatId = await findOrMakeChat(maker, channelId, names);
    const written = await write(chatId);
    if (written !== null) return written;
    for (const alias of aliasesOf(channelId, names)) await forgetAlias(maker.table, alias, chatId);
  }
}

/** PROTOCOLS 2.1 and 2.2: the id of the chat these names lead to; a fresh one where they lead nowhere. */
async function findOrMakeChat(maker: ChatMaker, channelId: string, names: Names): Promise<string> {
  const { table, now, newChatId } = maker;
  const [primary, secondary] = aliasesOf(channelId, names);
  // The readers of webhooks and requests refuse whatever has neither phone nor BSUID.
  if (!primary) throw new Error('an item without a sender was queued');

  const known = await findAlias(table, primary);
  if (known) return known;
  const chatId = secondary && (await chatWithoutPhone(table, secondary));
  return claimAlias(table, primary, chatId ?? newChatId(), now());
}

/**
 * The chat for a phone without an alias whose BSUID has one: the BSUID's chat, if that never had a phone
 * (the same person, whose number is shown now). If it has another phone: null, and the new phone gets a
 * chat of its own.
 */
async function chatWithoutPhone(table: Table, bsuid: Alias): Promise<string | null> {
  const chatId = await findAlias(table, bsuid);
  if (chatId === null) return null;
  const chat = await findChat(table, bsuid.channelId, chatId, { consistent: true });
  return chat?.phone ? null : chatId;
}

/**
 * PROTOCOLS 2.4 and 2.5: the chat learns the visitor's BSUID once its alias leads here. An alias that leads
 * to a chat with a phone stays there.
 */
export async function learnBsuid(
  { table, now }: Pick<ChatMaker, 'table' | 'now'>,
  chat: Chat,
  bsuid: string,
): Promise<Chat> {
  const alias: Alias = { channelId: chat.channel_id, kind: 'bsuid', value: bsuid };
  const owner = await claimAlias(table, alias, chat.id, now());
  if (owner !== chat.id) {
    const other = await findChat(table, chat.channel_id, owner, { consistent: true });
    count('identity-conflict');
    log.warn('identity-conflict', { chat_id: chat.id, other_chat_id: owner });
    if (other?.phone) return chat;
    if (other) await keepFormerId(table, other, now());
    if (!(await repointAlias(table, alias, { from: owner, to: chat.id }))) return chat;
  }
  if (await renameChat(table, chat, { bsuid })) return { ...chat, bsuid };
  await forgetAlias(table, alias, chat.id);
  return chat;
}
