import { aliasKey } from '../keys.ts';
import { deleteItem, getItem, putItem, type Table, updateItem } from '../table.ts';

export interface Alias {
  channelId: string;
  kind: 'phone' | 'bsuid';
  value: string;
}

interface StoredAlias {
  chat_id: string;
}

/**
 * The chat an identifier leads to; null when it leads to none. Read consistently: a number may have gone to
 * another visitor a moment ago, and what is written in the wrong chat cannot be taken back.
 */
export async function findAlias(
  table: Table,
  { channelId, kind, value }: Alias,
): Promise<string | null> {
  const key = aliasKey(channelId, kind, value);
  const alias = await getItem<StoredAlias>(table, key, { consistent: true });
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
  const winner = await findAlias(table, alias);
  return winner ?? claimAlias(table, alias, chatId, now); // removed in between, so it is free again
}

/** PROTOCOLS 2.4: leads an identifier to another chat, if it still leads to `from`. False: it no longer did. */
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

/** PROTOCOLS 8.4 and 13.2: an identifier leads nowhere from now on, if it still leads to `chatId`. */
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
