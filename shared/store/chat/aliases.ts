import { aliasKey, formerKey } from '../keys.ts';
import { deleteItem, getItem, putItem, type Table, updateItem } from '../table.ts';

export interface Alias {
  channelId: string;
  kind: 'phone' | 'bsuid';
  value: string;
}

interface StoredAlias {
  chat_id: string;
}

/** The chat an identifier leads to; null when nobody was seen under it. */
export async function findAlias(
  table: Table,
  { channelId, kind, value }: Alias,
  { consistent = false } = {},
): Promise<string | null> {
  const alias = await getItem<StoredAlias>(table, aliasKey(channelId, kind, value), { consistent });
  return alias?.chat_id ?? null;
}

/** PROTOCOLS 2.2 and 2.4: claims an identifier for a chat. Returns the chat it leads to afterwards. */
export async function claimAlias(
  table: Table,
  alias: Alias,
  chatId: string,
  now: number,
): Promise<string> {
  const claimed = await putItem(
    table,
    {
      ...aliasKey(alias.channelId, alias.kind, alias.value),
      chat_id: chatId,
      learnt_at: now,
    },
    { condition: 'attribute_not_exists(#pk)' },
  );
  if (claimed) return chatId;
  const winner = await findAlias(table, alias, { consistent: true });
  return winner ?? claimAlias(table, alias, chatId, now); // forgotten in between: it is free again
}

/** Leads an identifier to another chat, if it still leads to `from`. False: it no longer did. */
export async function repointAlias(
  table: Table,
  { channelId, kind, value }: Alias,
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const moved = await updateItem(table, aliasKey(channelId, kind, value), {
    update: 'SET #chat_id = :to',
    condition: '#chat_id = :from',
    values: { ':from': from, ':to': to },
  });
  return moved !== null;
}

/** PROTOCOLS 8.4: an identifier leads nowhere from now on, if it still leads to `chatId`. */
export async function forgetAlias(
  table: Table,
  { channelId, kind, value }: Alias,
  chatId: string,
): Promise<void> {
  await deleteItem(table, aliasKey(channelId, kind, value), {
    condition: '#chat_id = :chat',
    values: { ':chat': chatId },
  });
}

/** A `channel_chat_id` whose name leads elsewhere by now, or nowhere. */
export interface Former {
  channelId: string;
  channelChatId: string;
}

/** PROTOCOLS 8.3a: it is this chat's; the newest one to move on is the one that is meant. */
export async function keepFormer(
  table: Table,
  { channelId, channelChatId }: Former,
  chatId: string,
  now: number,
): Promise<void> {
  await putItem(table, {
    ...formerKey(channelId, channelChatId),
    chat_id: chatId,
    learnt_at: now,
  });
}

/** Whose it is; null: nobody's who has moved on. Read consistently. */
export async function findFormer(
  table: Table,
  { channelId, channelChatId }: Former,
): Promise<string | null> {
  const key = formerKey(channelId, channelChatId);
  const former = await getItem<StoredAlias>(table, key, { consistent: true });
  return former?.chat_id ?? null;
}

/** PROTOCOLS 13.2: it leads nowhere from now on, if it still leads to `chatId`. */
export async function forgetFormer(
  table: Table,
  { channelId, channelChatId }: Former,
  chatId: string,
): Promise<void> {
  await deleteItem(table, formerKey(channelId, channelChatId), {
    condition: '#chat_id = :chat',
    values: { ':chat': chatId },
  });
}
