// Which turns of a chat may hold words, so that erasing the chat finds them (PROTOCOLS 2 and 13). They
// are noted in writes that are made anyway: an index would cost every turn one more.
import type { Chat } from '../../contract/chat.ts';
import { hashOf } from '../../kernel/hash.ts';
import { chatKey, expiry, TURN_DAYS, writtenKey } from '../keys.ts';
import { deleteItem, getItem, putItem, type Table, updateItem } from '../table.ts';
import { EXISTS } from './chat-row.ts';

/** More than this stand in the row only until they are put aside: each makes its every write dearer. */
const MOST_IN_ROW = 25;

type ChatId = Pick<Chat, 'channel_id' | 'id'>;

/** A chat's row, as far as it says what was written in it. */
export interface WrittenRow {
  written?: Set<string>;
  /** The newest list that was put aside. */
  written_before?: string;
}

/** A list that was put aside, and the id of the one before it. */
export interface WrittenList {
  turn_ids: string[];
  before: string | null;
}

/** Puts a long list aside. A death in between, or somebody who was faster, leaves one nobody names. */
export async function putAside(
  table: Table,
  { channel_id, id: chatId, written, written_before: before }: ChatId & WrittenRow,
  now: number,
): Promise<void> {
  if (!written || written.size <= MOST_IN_ROW) return;
  const turnIds = [...written].sort();
  const id = hashOf(...turnIds);
  await putItem(table, {
    ...writtenKey(channel_id, chatId, id),
    turn_ids: turnIds,
    before: before ?? null,
    // Each turn in it was begun before now, so it outlives them all.
    ...expiry(now, TURN_DAYS),
  });
  const isNewest = before ? '#written_before = :before' : 'attribute_not_exists(#written_before)';
  await updateItem(table, chatKey(channel_id, chatId), {
    update: 'SET #written_before = :id DELETE #written :written',
    condition: `${EXISTS} AND ${isNewest}`,
    values: { ':id': id, ':written': written, ...(before && { ':before': before }) },
  });
}

/** A list that was put aside; null: there is none any more, and so none before it either. */
export const findWritten = (
  table: Table,
  { channel_id, id: chatId }: ChatId,
  id: string,
): Promise<WrittenList | null> =>
  getItem<WrittenList>(table, writtenKey(channel_id, chatId, id), { consistent: true });

/** PROTOCOLS 13.6: what a list named is erased, so the erased chat's row names the one before it. */
export async function forgetWritten(
  table: Table,
  { channel_id, id: chatId }: ChatId,
  id: string,
  { before }: Pick<WrittenList, 'before'>,
): Promise<void> {
  await updateItem(table, chatKey(channel_id, chatId), {
    update: before ? 'SET #written_before = :before' : 'REMOVE #written_before',
    condition: '#written_before = :id',
    values: { ':id': id, ...(before && { ':before': before }) },
  });
  await deleteItem(table, writtenKey(channel_id, chatId, id));
}
