import type { Chat } from '../../contract/chat.ts';
import { chatKey } from '../keys.ts';
import { getItem, type Table, updateItem } from '../table.ts';
import { EXISTS, NOT_ERASED } from './chat-row.ts';
import { type ChatPlace, change, keyOf, namesOf, upsert } from './chat-upsert.ts';
import { type StoredChat, whole } from './stored-chat.ts';
import { putAside } from './turns-of-chat.ts';

/** The chat; null when there is none, or no more. `consistent` is what the window is judged with. */
export async function findChat(
  table: Table,
  channelId: string,
  chatId: string,
  { consistent = false } = {},
): Promise<Chat | null> {
  const chat = await getItem<StoredChat>(table, chatKey(channelId, chatId), { consistent });
  return chat && chat.erased_at === undefined ? whole(chat) : null;
}

/**
 * PROTOCOLS 7.2: nobody but a person answers until then; never shortened. Makes the chat if need be.
 * Null: the chat was erased, and stays so.
 */
export async function pauseChat(
  table: Table,
  place: ChatPlace,
  until: number,
): Promise<Chat | null> {
  const paused = change(place, { paused_until: until }, { goesBy: place });
  const longer = await updateItem<StoredChat>(table, keyOf(place), {
    ...paused,
    condition: `${NOT_ERASED} AND (attribute_not_exists(#paused_until) OR #paused_until < :paused_until)`,
  });
  if (longer) return whole(longer);
  const chat = await findChat(table, place.channelId, place.chatId, { consistent: true });
  if (chat) return chat;
  const made = await upsert(table, place, paused);
  return made && whole(made);
}

/** What somebody wants, or wants no more, and when they said so. */
type Wish = { marketing: Chat['marketing'] } | { stop_word: Chat['stop_word'] };

/**
 * What they told WhatsApp about marketing messages, or us by a stop word; what they have said since
 * stays. Makes the chat if need be. Null: the chat was erased, and stays so.
 */
export async function noteWish(table: Table, place: ChatPlace, wish: Wish): Promise<Chat | null> {
  const [[name, said]] = Object.entries(wish) as [[string, { at: number }]];
  const noted = change(place, wish, { goesBy: place });
  const newer = await updateItem<StoredChat>(table, keyOf(place), {
    ...noted,
    values: { ...noted.values, ':at': said.at },
    condition: `${NOT_ERASED} AND (attribute_not_exists(#${name}) OR #${name}.#at < :at)`,
  });
  if (newer) return whole(newer);
  return findChat(table, place.channelId, place.chatId, { consistent: true });
}

/**
 * PROTOCOLS 12.2: a chat with somebody who never wrote. One that is there stays as it is. Null: it was
 * erased, and stays so.
 */
export async function makeChat(table: Table, place: ChatPlace): Promise<Chat | null> {
  const made = await upsert(table, place, change(place, {}, { goesBy: place }));
  return made && whole(made);
}

/** PROTOCOLS 12.4: a turn that holds words is this chat's. Null: there is no such chat, or no more. */
export async function noteWritten(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  turnId: string,
  now: number,
): Promise<Chat | null> {
  const row = await updateItem<StoredChat>(table, chatKey(chat.channel_id, chat.id), {
    update: 'ADD #written :written',
    condition: EXISTS,
    values: { ':written': new Set([turnId]) },
  });
  if (row) await putAside(table, row, now);
  return row && whole(row);
}

/** Who asks for it decides: the agent is silent until exactly then, or (null) not at all. */
export async function setPause(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  until: number | null,
): Promise<Chat | null> {
  const row = await updateItem<StoredChat>(table, chatKey(chat.channel_id, chat.id), {
    condition: EXISTS,
    ...(until === null
      ? { update: 'REMOVE #paused_until' }
      : { update: 'SET #paused_until = :until', values: { ':until': until } }),
  });
  return row && whole(row);
}

/**
 * PROTOCOLS 8.3: the chat's person has another number, or BSUID; the aliases lead here already. False:
 * there is no such chat, or no more, and nobody will ever look for those aliases.
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
    condition: EXISTS,
    values: {
      ...Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
      ':names': namesOf(identity),
    },
  });
  return row !== null;
}

/**
 * PROTOCOLS 8.4: the chat's person writes from another number now. What the old one was called goes, and
 * with `phone` the number itself: another chat has the new one.
 */
export async function withdrawNumbers(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  { phone }: { phone: boolean },
): Promise<void> {
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: `REMOVE #wa_id${phone ? ', #phone' : ''}`,
    condition: EXISTS,
  });
}

/** Counts messages the agent was not given (`by` 1), or gives the count back once it was told. */
export async function countMissed(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  by: number,
): Promise<void> {
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: 'ADD #missed :by',
    condition: EXISTS,
    values: { ':by': by },
  });
}

/** PROTOCOLS 10: what sending leaves behind in a chat. Only the sender writes it, one job at a time. */
export async function noteSending(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  facts: Partial<Pick<Chat, 'pace_at' | 'menu' | 'media_wait'>>,
): Promise<void> {
  const names = Object.keys(facts);
  if (names.length === 0) return;
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    condition: EXISTS,
    values: Object.fromEntries(Object.entries(facts).map(([name, value]) => [`:${name}`, value])),
  });
}

/** PROTOCOLS 3.4: closes the dialog, unless the user has said something since `since`. */
export async function closeDialog(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  since: number,
): Promise<void> {
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: 'SET #dialog = :closed',
    condition: `${EXISTS} AND #dialog_at <= :since`,
    values: { ':closed': 'closed', ':since': since },
  });
}
