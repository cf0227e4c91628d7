// Whose chat is it: identifiers → chat, found through the alias table (PROTOCOLS 2).
import type { Chat } from '../../shared/contract/chat.ts';
import type { Identity } from '../../shared/contract/identity.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { type Alias, claimAlias, findAlias, repointAlias } from '../../shared/store/aliases.ts';
import { findChat, renameChat } from '../../shared/store/chats.ts';
import type { WorkerDeps } from './deps.ts';

type Names = Pick<Identity, 'phone' | 'bsuid'>;

/** The phone first: it decides where a message goes (product.md B9). */
export function aliasesOf(channelId: string, { phone, bsuid }: Names): Alias[] {
  return [
    ...(phone ? [{ channelId, kind: 'phone' as const, value: phone }] : []),
    ...(bsuid ? [{ channelId, kind: 'bsuid' as const, value: bsuid }] : []),
  ];
}

/** PROTOCOLS 2.1 and 2.2: the id of the chat these names lead to; a fresh one where they lead nowhere. */
export async function findOrMakeChat(
  deps: WorkerDeps,
  channelId: string,
  names: Names,
): Promise<string> {
  const { table, now, newChatId } = deps;
  const [primary, secondary] = aliasesOf(channelId, names);
  // The reader of webhooks lets nothing through that names nobody.
  if (!primary) throw new Error('an item without a sender was queued');

  const known = await findAlias(table, primary);
  if (known) return known;
  const chatId = secondary && (await strangersChat(deps, channelId, secondary));
  return claimAlias(table, primary, chatId ?? newChatId(), now());
}

/**
 * A phone nobody knows, with a BSUID somebody does: the same person, now with the number shown, if
 * that chat never had a phone. If it had another, the number decides: a chat of its own.
 */
async function strangersChat(
  { table }: WorkerDeps,
  channelId: string,
  bsuid: Alias,
): Promise<string | null> {
  const chatId = await findAlias(table, bsuid);
  if (chatId === null) return null;
  const chat = await findChat(table, channelId, chatId, { consistent: true });
  return chat?.phone ? null : chatId;
}

/** PROTOCOLS 2.4 and 2.5: a BSUID is learnt once it leads here; one that leads elsewhere stays there. */
export async function learnBsuid(deps: WorkerDeps, chat: Chat, bsuid: string): Promise<Chat> {
  const { table, now } = deps;
  const alias: Alias = { channelId: chat.channel_id, kind: 'bsuid', value: bsuid };
  const owner = await claimAlias(table, alias, chat.id, now());
  if (owner !== chat.id) {
    const other = await findChat(table, chat.channel_id, owner, { consistent: true });
    count('identity-conflict');
    log.warn('identity-conflict', { chat_id: chat.id, other_chat_id: owner });
    if (other?.phone) return chat;
    if (!(await repointAlias(table, alias, { from: owner, to: chat.id }))) return chat;
  }
  await renameChat(table, chat, { bsuid });
  return { ...chat, bsuid };
}
