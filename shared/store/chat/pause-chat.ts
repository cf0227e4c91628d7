// While a chat is paused a person answers in it, and the agent is given no messages: they are counted.
import type { Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS, IF_NOT_GONE } from './chat-conditions.ts';
import { type ChatPlace, change, keyOf, upsert } from './chat-upsert.ts';
import { findChat } from './find-chat.ts';
import { inStep } from './keep-names.ts';
import { type StoredChat, whole } from './stored-chat.ts';

/**
 * PROTOCOLS 7.2: the agent is silent until `until`, epoch milliseconds; a longer pause stays. Makes the
 * chat if need be. Null: the chat was erased, or its time is over.
 */
export async function pauseUntil(
  table: Table,
  place: ChatPlace,
  until: number,
): Promise<Chat | null> {
  const paused = change(place, { paused_until: until }, { goesBy: place });
  const longer = await updateItem<StoredChat>(table, keyOf(place), {
    ...paused,
    condition: `${IF_NOT_GONE} AND (attribute_not_exists(#paused_until) OR #paused_until < :paused_until)`,
  });
  if (longer) return inStep(table, longer);
  const chat = await findChat(table, place.channelId, place.chatId, { consistent: true });
  if (chat) return chat;
  return inStep(table, await upsert(table, place, paused));
}

/** Sets the pause as the caller asks: the agent is silent until exactly then, or (null) not at all. */
export async function setPause(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  until: number | null,
): Promise<Chat | null> {
  const row = await updateItem<StoredChat>(table, chatKey(chat.channel_id, chat.id), {
    condition: IF_EXISTS,
    ...(until === null
      ? { update: 'REMOVE #paused_until' }
      : { update: 'SET #paused_until = :until', values: { ':until': until } }),
  });
  return row && whole(row);
}

/**
 * Counts a message the agent was not given (`by` 1), or takes the count back once the agent was told.
 * PROTOCOLS 31.4: `holdTold`: the hold whose text the visitor gets with it.
 */
export async function countMissed(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  by: number,
  { holdTold = null, turnId }: { holdTold?: string | null; turnId?: string } = {},
): Promise<void> {
  const told = holdTold === null ? '' : 'SET #hold_told = :told ';
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    // A message that the agent is not asked about waits for no other.
    update: `${told}ADD #missed :by${turnId ? ' DELETE #burst :ids' : ''}`,
    condition: IF_EXISTS,
    values: {
      ':by': by,
      ...(holdTold !== null && { ':told': holdTold }),
      ...(turnId && { ':ids': new Set([turnId]) }),
    },
  });
}
