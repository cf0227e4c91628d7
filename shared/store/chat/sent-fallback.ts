import type { Chat, SentFallback } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';

/** PROTOCOLS 19.3: notes the fallback template sent last, so that no other is sent for the same cause. */
export async function noteFallback(
  table: Table,
  { channel_id, id }: Pick<Chat, 'channel_id' | 'id'>,
  fallback: SentFallback,
): Promise<void> {
  await updateItem(table, chatKey(channel_id, id), {
    update: 'SET #fallback = :fallback',
    condition: IF_EXISTS,
    values: { ':fallback': fallback },
  });
}

/** PROTOCOLS 19, late: the fallback template failed after it was accepted, so the next reply may send one. */
export async function forgetFallback(
  table: Table,
  { channel_id, id }: Pick<Chat, 'channel_id' | 'id'>,
  replyId: string,
): Promise<void> {
  await updateItem(table, chatKey(channel_id, id), {
    update: 'REMOVE #fallback',
    condition: `${IF_EXISTS} AND #fallback.#reply_id = :reply`,
    values: { ':reply': replyId },
  });
}
