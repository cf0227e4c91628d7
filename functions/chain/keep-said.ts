import type { Channel } from '../../shared/contract/channel.ts';
import type { KeptEntry } from '../../shared/contract/history.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { keepEntry, removeEntry } from '../../shared/store/history.ts';
import type { Table } from '../../shared/store/table.ts';

/** Something that was said in a chat. */
export interface Said {
  chatId: string;
  /** The time that orders it, epoch milliseconds, and an id: the same for every repeat. */
  at: number;
  id: string;
  entry: Omit<KeptEntry, 'at'>;
}

/**
 * PROTOCOLS 29.1 to 29.4: keeps what was said, where the channel keeps a history. A chat that was erased
 * meanwhile has none: the erasure may have looked before this was written.
 */
export async function keepSaid(
  table: Table,
  channel: Pick<Channel, 'id' | 'options'>,
  { chatId, at, id, entry }: Said,
): Promise<void> {
  if (channel.options.history_turns === 0) return;
  const place = { channelId: channel.id, chatId, at, id };
  await keepEntry(table, place, entry);
  if (await findChat(table, channel.id, chatId, { consistent: true })) return;
  await removeEntry(table, place);
}
