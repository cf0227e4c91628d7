// Which turns of a chat may hold words, so that erasing the chat finds them (PROTOCOLS 2 and 13). They
// are noted in writes that are made anyway: an index would cost every turn one write more.
import type { Chat } from '../../contract/chat.ts';
import { hashOf } from '../../kernel/hash.ts';
import { chatKey, expiry, olderTurnsKey, TURN_DAYS } from '../keys.ts';
import { deleteItem, getItem, putItem, type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';
import { type StoredChat, whole } from './stored-chat.ts';

/** When a row names more turns than this they move to an item of their own: a long row makes each write dearer. */
const MOST_IN_ROW = 25;

type ChatId = Pick<Chat, 'channel_id' | 'id'>;

/** Turns a chat's row named once, and the id of the list before this one. */
export interface OlderTurns {
  turn_ids: string[];
  older_turns_id: string | null;
}

/** PROTOCOLS 12.4: notes a turn that will hold words. Null: there is no such chat, or it was erased. */
export async function noteTurn(
  table: Table,
  chat: ChatId,
  turnId: string,
  now: number,
): Promise<Chat | null> {
  const row = await updateItem<StoredChat>(table, chatKey(chat.channel_id, chat.id), {
    update: 'ADD #turn_ids :turn_ids',
    condition: IF_EXISTS,
    values: { ':turn_ids': new Set([turnId]) },
  });
  if (row) await moveOlderTurns(table, row, now);
  return row && whole(row);
}

/**
 * PROTOCOLS 2: moves a long list of turns out of the row. After a death in between, or when another
 * function was faster, the new list is one no row names: TTL removes it, and the next turn tries again.
 */
export async function moveOlderTurns(
  table: Table,
  { channel_id, id: chatId, turn_ids, older_turns_id: before }: StoredChat,
  now: number,
): Promise<void> {
  if (!turn_ids || turn_ids.size <= MOST_IN_ROW) return;
  const turnIds = [...turn_ids].sort();
  const id = hashOf(...turnIds);
  await putItem(table, {
    ...olderTurnsKey(channel_id, chatId, id),
    turn_ids: turnIds,
    older_turns_id: before ?? null,
    // Each turn in it was begun before now, so the list outlives them all.
    ...expiry(now, TURN_DAYS),
  });
  const isNewest = before ? '#older_turns_id = :before' : 'attribute_not_exists(#older_turns_id)';
  await updateItem(table, chatKey(channel_id, chatId), {
    update: 'SET #older_turns_id = :id DELETE #turn_ids :turn_ids',
    condition: `${IF_EXISTS} AND ${isNewest}`,
    values: { ':id': id, ':turn_ids': turn_ids, ...(before && { ':before': before }) },
  });
}

/** One list of older turns; null: it is gone, and so are the lists before it, which are older still. */
export const findOlderTurns = (
  table: Table,
  { channel_id, id: chatId }: ChatId,
  id: string,
): Promise<OlderTurns | null> =>
  getItem<OlderTurns>(table, olderTurnsKey(channel_id, chatId, id), { consistent: true });

/** PROTOCOLS 13.6: the turns of a list are erased: the erased chat's row names the list before it instead. */
export async function forgetOlderTurns(
  table: Table,
  { channel_id, id: chatId }: ChatId,
  id: string,
  { older_turns_id: before }: Pick<OlderTurns, 'older_turns_id'>,
): Promise<void> {
  await updateItem(table, chatKey(channel_id, chatId), {
    update: before ? 'SET #older_turns_id = :before' : 'REMOVE #older_turns_id',
    condition: '#older_turns_id = :id',
    values: { ':id': id, ...(before && { ':before': before }) },
  });
  await deleteItem(table, olderTurnsKey(channel_id, chatId, id));
}
