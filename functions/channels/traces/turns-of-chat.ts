import type { Turn } from '../../../shared/contract/turn.ts';
import type { HeldChat } from '../../../shared/store/chat/held-chat.ts';
import { findOlderTurns } from '../../../shared/store/chat/turns-of-chat.ts';
import type { Table } from '../../../shared/store/table.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import { isRequest } from './story-id-of.ts';

/** Lists of 25 turns that are looked through at most: a thousand turns, for an answer that comes in time. */
const MOST_LISTS = 40;

/**
 * The turns that the chat's row names, and those of the list before them: some fifty, the newest among them. Of the
 * lists before, back to the one that names the last of `soughtIds`, the requests of callers: a late reply to one of
 * these turns is in one of them.
 */
export async function turnsOfChat(
  table: Table,
  { chat, turnIds, olderTurnsId }: HeldChat,
  soughtIds: readonly string[],
): Promise<Turn[]> {
  const ids = [...turnIds];
  // Nothing answers a request: what it asked for is its own.
  const sought = new Set(soughtIds.filter((id) => !isRequest(id)));
  const passed = (listed: string[]) => {
    for (const id of listed) sought.delete(id);
  };
  passed(turnIds);
  let listId = olderTurnsId;
  for (let lists = 0; listId !== null && lists < MOST_LISTS; lists++) {
    if (lists > 0 && sought.size === 0) break;
    const older = await findOlderTurns(table, chat, listId);
    const listed = older?.turn_ids ?? [];
    ids.push(...(lists === 0 ? listed : listed.filter(isRequest)));
    passed(listed);
    listId = older?.older_turns_id ?? null;
  }
  const turns = await Promise.all(
    ids.map((eventId) => findTurn(table, { channelId: chat.channel_id, eventId })),
  );
  return turns.filter((turn) => turn !== null);
}
