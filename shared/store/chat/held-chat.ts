import type { Chat } from '../../contract/chat.ts';
import type { PersonName } from '../../rules/identity/names-in-job.ts';
import type { Table } from '../table.ts';
import { personNames } from './chat-erasure.ts';
import { findChat } from './find-chat.ts';
import type { StoredChat } from './stored-chat.ts';

/** A chat, and what leads to everything else that is held about its visitor: the same that erasing goes by. */
export interface HeldChat {
  chat: Chat;
  names: PersonName[];
  turnIds: string[];
  olderTurnsId: string | null;
}

/** A chat with what leads on; null when there is none. Read consistently. */
export async function findHeldChat(
  table: Table,
  channelId: string,
  chatId: string,
): Promise<HeldChat | null> {
  const found = await findChat(table, channelId, chatId, { consistent: true });
  if (!found) return null;
  const { pk, sk, turn_ids, older_turns_id, ...chat } = found as Chat &
    Pick<StoredChat, 'turn_ids' | 'older_turns_id'> &
    Record<'pk' | 'sk', unknown>;
  const turnIds = [...(turn_ids ?? [])];
  const olderTurnsId = older_turns_id ?? null;
  const names = personNames(chat, {
    names: [...(chat.names ?? [])],
    channelChatId: chat.channel_chat_id,
    turnIds,
    olderTurnsId,
  });
  return { chat, names, turnIds, olderTurnsId };
}
