import type { Turn } from '../../../shared/contract/turn.ts';
import type { HeldChat } from '../../../shared/store/chat/held-chat.ts';
import { findOlderTurns } from '../../../shared/store/chat/turns-of-chat.ts';
import type { Table } from '../../../shared/store/table.ts';
import { findTurn } from '../../../shared/store/turns.ts';

/** The turns that the chat's row names, and those of the list before them: some fifty, the newest among them. */
export async function turnsOfChat(
  table: Table,
  { chat, turnIds, olderTurnsId }: HeldChat,
): Promise<Turn[]> {
  const older = olderTurnsId === null ? null : await findOlderTurns(table, chat, olderTurnsId);
  const ids = [...turnIds, ...(older?.turn_ids ?? [])];
  const turns = await Promise.all(
    ids.map((eventId) => findTurn(table, { channelId: chat.channel_id, eventId })),
  );
  return turns.filter((turn) => turn !== null);
}
