import type { Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';

/** PROTOCOLS 10: what sending leaves in a chat. Only the sender writes it, and has one job of a chat at a time. */
export async function noteSending(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  facts: Partial<Pick<Chat, 'pace_at' | 'menu' | 'media_wait'>>,
): Promise<void> {
  const names = Object.keys(facts);
  if (names.length === 0) return;
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    condition: IF_EXISTS,
    values: Object.fromEntries(Object.entries(facts).map(([name, value]) => [`:${name}`, value])),
  });
}
