// Whose chat is it: identifiers → chat, found through the alias table (PROTOCOLS 2).
import type { Chat } from '../../contract/chat.ts';
import type { Identity } from '../../contract/identity.ts';
import { log } from '../../kernel/log.ts';
import { count } from '../../kernel/metrics.ts';
import type { Table } from '../table.ts';
import { type Alias, claimAlias, findAlias, forgetAlias, repointAlias } from './aliases.ts';
import { findChat } from './find-chat.ts';
import { keepFormerId } from './former-channel-chat-ids.ts';
import { renameChat } from './rename-chat.ts';

/** What making a chat touches; time and chance are arguments. */
export interface ChatMaker {
  table: Table;
  now: () => number;
  /** 20 random bytes as hex. */
  newChatId: () => string;
}

type Names = Pick<Identity, 'phone' | 'bsuid'>;

/** The phone first: it decides where a message goes (product.md B9). */
export function aliasesOf(channelId: string, { phone, bsuid }: Names): Alias[] {
  return [
    ...(phone ? [{ channelId, kind: 'phone' as const, value: phone }] : []),
    ...(bsuid ? [{ channelId, kind: 'bsuid' as const, value: bsuid }] : []),
  ];
}

/**
 * PROTOCOLS 2: what `write` makes of the chat these names lead to, fresh where they lead nowhere. When
 * it returns null the chat was erased: its names are freed, and somebody new has a chat of their own.
 */
export async function inChatOf<T>(
  maker: ChatMaker,
  channelId: string,
  names: Names,
  write: (chatId: string) => Promise<T | null>,
): Promise<T> {
  for (let consistent = false; ; consistent = true) {
    const chatId = await findOrMakeChat(maker, channelId, names, consistent);
    const written = await write(chatId);
    if (written !== null) return written;
    for (const alias of aliasesOf(channelId, names)) await forgetAlias(maker.table, alias, chatId);
  }
}

/** PROTOCOLS 2.1 and 2.2: the id of the chat these names lead to; a fresh one where they lead nowhere. */
async function findOrMakeChat(
  maker: ChatMaker,
  channelId: string,
  names: Names,
  consistent: boolean,
): Promise<string> {
  const { table, now, newChatId } = maker;
  const [primary, secondary] = aliasesOf(channelId, names);
  // No reader of webhooks or requests lets anything through that names nobody.
  if (!primary) throw new Error('an item without a sender was queued');

  const known = await findAlias(table, primary, { consistent });
  if (known) return known;
  const chatId = secondary && (await strangersChat(table, secondary));
  return claimAlias(table, primary, chatId ?? newChatId(), now());
}

/**
 * A phone nobody knows, with a BSUID somebody does: the same person, now with the number shown, if
 * that chat never had a phone. If it had another, the number decides: a chat of its own.
 */
async function strangersChat(table: Table, bsuid: Alias): Promise<string | null> {
  // Seldom asked, and a chat that was made a moment ago must be seen.
  const chatId = await findAlias(table, bsuid, { consistent: true });
  if (chatId === null) return null;
  const chat = await findChat(table, bsuid.channelId, chatId, { consistent: true });
  return chat?.phone ? null : chatId;
}

/** PROTOCOLS 2.4 and 2.5: a BSUID is learnt once it leads here; one that leads elsewhere stays there. */
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
