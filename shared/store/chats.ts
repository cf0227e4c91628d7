import type { Chat } from '../contract/chat.ts';
import { type Change, chatKey, getItem, type Table, updateItem } from './table.ts';

/** The chat; null when there is none. `consistent` is what the window is judged with. */
export async function findChat(
  table: Table,
  channelId: string,
  chatId: string,
  { consistent = false } = {},
): Promise<Chat | null> {
  const chat = await getItem<StoredChat>(table, chatKey(channelId, chatId), { consistent });
  return chat && whole(chat);
}

/** Whose chat it is, and what makes one where there is none. Times are epoch milliseconds. */
export interface ChatPlace {
  channelId: string;
  chatId: string;
  phone: string | null;
  bsuid: string | null;
  /** The event that makes the chat, if it has to be made. */
  eventId: string;
  now: number;
}

/** What somebody's message, or call, tells about their chat. */
export interface Heard extends ChatPlace {
  username: string | null;
  name: string;
  /** The message's own time, never in the future; null when it does not open the window. */
  inboundAt: number | null;
}

/**
 * PROTOCOLS 2.3: the user said something. Makes the chat where there is none, opens the dialog, and
 * moves `last_inbound_at` forward, never back.
 */
export async function hear(table: Table, heard: Heard): Promise<Chat> {
  const { phone, username, name, now, inboundAt } = heard;
  const said = change(heard, {
    phone,
    username,
    name: name || null,
    dialog: 'open',
    dialog_at: now,
  });
  if (inboundAt === null) return upsert(table, heard, said);
  const newer = await updateItem<StoredChat>(table, keyOf(heard), {
    update: `${said.update}, #last_inbound_at = :inbound`,
    condition: 'attribute_not_exists(#last_inbound_at) OR #last_inbound_at <= :inbound',
    values: { ...said.values, ':inbound': inboundAt },
  });
  return newer ? whole(newer) : upsert(table, heard, said);
}

/** PROTOCOLS 7.2: nobody but a person answers until then; never shortened. Makes the chat if need be. */
export async function pauseChat(table: Table, place: ChatPlace, until: number): Promise<Chat> {
  // Nobody has said who they are: the chat goes by the name it was found under.
  const name = place.phone === null ? { bsuid: place.bsuid } : { phone: place.phone };
  const paused = change(place, { paused_until: until }, name);
  const longer = await updateItem<StoredChat>(table, keyOf(place), {
    ...paused,
    condition: 'attribute_not_exists(#paused_until) OR #paused_until < :paused_until',
  });
  if (longer) return whole(longer);
  const chat = await findChat(table, place.channelId, place.chatId, { consistent: true });
  return chat ?? upsert(table, place, paused);
}

const keyOf = ({ channelId, chatId }: ChatPlace) => chatKey(channelId, chatId);

const upsert = async (table: Table, place: ChatPlace, made: Change): Promise<Chat> =>
  whole((await updateItem<StoredChat>(table, keyOf(place), made)) as StoredChat);

/** Sets what is known; what makes a chat is set once and frozen. */
function change(
  place: ChatPlace,
  facts: Record<string, string | number | null>,
  frozen: Record<string, string | null> = {},
): Change {
  const once = {
    ...frozen,
    channel_chat_id: channelChatId(place),
    first_event_id: place.eventId,
    created_at: place.now,
  };
  const known = { channel_id: place.channelId, id: place.chatId, ...facts };
  const sets = Object.entries(known).filter(([, value]) => value !== null);
  return {
    update: `SET ${[
      ...sets.map(([name]) => `#${name} = :${name}`),
      ...Object.keys(once).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ].join(', ')}`,
    values: Object.fromEntries(
      [...sets, ...Object.entries(once)].map(([name, value]) => [`:${name}`, value]),
    ),
  };
}

/** PROTOCOLS 8.3: the chat's person has another number, or BSUID; the aliases lead here already. */
export async function renameChat(
  table: Table,
  chat: Pick<Chat, 'channel_id' | 'id'>,
  identity: Partial<Pick<Chat, 'phone' | 'bsuid' | 'wa_id'>>,
): Promise<void> {
  const sets = Object.entries(identity).filter(([, value]) => value);
  if (sets.length === 0) return;
  await updateItem(table, chatKey(chat.channel_id, chat.id), {
    update: `SET ${sets.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    condition: 'attribute_exists(#pk)',
    values: Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
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
    condition: 'attribute_exists(#pk)',
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
    condition: 'attribute_exists(#pk)',
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
    condition: 'attribute_exists(#pk) AND #dialog_at <= :since',
    values: { ':closed': 'closed', ':since': since },
  });
}

/** `<phone>|dialog360` (product.md S7), or the BSUID for a user never seen with a phone (B9). */
const channelChatId = ({ phone, bsuid }: ChatPlace) => `${phone ?? bsuid}|dialog360`;

type StoredChat = Partial<Chat> &
  Pick<Chat, 'channel_id' | 'id' | 'channel_chat_id' | 'created_at'>;

const whole = (chat: StoredChat): Chat => ({
  phone: null,
  bsuid: null,
  wa_id: null,
  username: null,
  name: '',
  first_event_id: '',
  last_inbound_at: null,
  dialog: 'closed',
  dialog_at: chat.created_at,
  paused_until: null,
  missed: 0,
  parked: 0,
  pace_at: null,
  menu: null,
  media_wait: null,
  ...chat,
});
