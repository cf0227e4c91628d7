import type { Chat } from '../../contract/chat.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_NOT_GONE } from './chat-conditions.ts';
import { type ChatPlace, change, keyOf } from './chat-upsert.ts';
import { findChat } from './find-chat.ts';
import { inStep } from './keep-names.ts';
import type { StoredChat } from './stored-chat.ts';

/** What the visitor wants to receive, or wants no more, and when the visitor said so. */
type Wish = { marketing: Chat['marketing'] } | { stop_word: Chat['stop_word'] };

/**
 * PROTOCOLS 2: notes what the visitor told WhatsApp about marketing messages, or us by a stop or start
 * word; a wish from a later time stays. Makes the chat if need be. Null: the chat was erased, or its time is over.
 */
export async function noteWish(table: Table, place: ChatPlace, wish: Wish): Promise<Chat | null> {
  const [[name, said]] = Object.entries(wish) as [[string, { at: number }]];
  const noted = change(place, wish, { goesBy: place });
  const newer = await updateItem<StoredChat>(table, keyOf(place), {
    ...noted,
    values: { ...noted.values, ':at': said.at },
    condition: `${IF_NOT_GONE} AND (attribute_not_exists(#${name}) OR #${name}.#at < :at)`,
  });
  if (newer) return inStep(table, newer);
  return findChat(table, place.channelId, place.chatId, { consistent: true });
}
