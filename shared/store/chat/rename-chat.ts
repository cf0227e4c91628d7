import type { Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';
import { namesOf } from './chat-upsert.ts';

/**
 * PROTOCOLS 2.5, 8.3 and 9: writes a new phone, BSUID or `wa_id` of the visitor, whose aliases lead to
 * this chat already. False: there is no such chat, or it was erased, and the caller has to remove
 * those aliases, because erasing the chat does not find them.
 */
export async function renameChat(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  identity: Partial<Pick<Chat, 'phone' | 'bsuid' | 'wa_id'>>,
): Promise<boolean> {
  const sets = Object.entries(identity).filter(([, value]) => value);
  if (sets.length === 0) return true;
  const row = await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: `SET ${sets.map(([name]) => `#${name} = :${name}`).join(', ')} ADD #names :names`,
    condition: IF_EXISTS,
    values: {
      ...Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
      ':names': namesOf(identity),
    },
  });
  return row !== null;
}

/**
 * PROTOCOLS 8.4: the visitor writes from another number now. Removes what the provider called the old
 * one, and with `phone` the number itself: then another chat has the new one.
 */
export async function withdrawNumbers(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  { phone }: { phone: boolean },
): Promise<void> {
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: `REMOVE #wa_id${phone ? ', #phone' : ''}`,
    condition: IF_EXISTS,
  });
}
