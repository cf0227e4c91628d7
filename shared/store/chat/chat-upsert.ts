// What all writes have in common that make the chat if it is not there (PROTOCOLS 2.3, 7.2, 12.2).
import type { Chat } from '../../contract/chat.ts';
import { channelChatIdOf } from '../../rules/identity/channel-chat-id.ts';
import { chatKey } from '../keys.ts';
import { type ItemUpdate, type Table, updateItem } from '../table.ts';
import { IF_NOT_ERASED } from './chat-conditions.ts';
import type { StoredChat } from './stored-chat.ts';

/** Which chat it is, and what its row is made of where there is none. Times are epoch milliseconds. */
export interface ChatPlace {
  channelId: string;
  chatId: string;
  phone: string | null;
  bsuid: string | null;
  /** The event the chat would be made by; '' when no event makes it. */
  eventId: string;
  now: number;
}

export const keyOf = ({ channelId, chatId }: ChatPlace) => chatKey(channelId, chatId);

/** Changes the chat, or makes it. Null: the chat was erased, and stays so. */
export const upsert = (
  table: Table,
  place: ChatPlace,
  made: ItemUpdate,
): Promise<StoredChat | null> =>
  updateItem<StoredChat>(table, keyOf(place), { ...made, condition: IF_NOT_ERASED });

/**
 * The change of a row that sets `facts`, sets what a chat is made of if that is not set yet, and notes the
 * alias by which the chat was found.
 */
export function change(
  place: ChatPlace,
  facts: Record<string, unknown>,
  { turnId, goesBy }: { turnId?: string | undefined; goesBy?: ChatPlace } = {},
): ItemUpdate & Required<Pick<ItemUpdate, 'values'>> {
  const { phone, bsuid } = place;
  const once = {
    // No message of the visitor has told phone or BSUID: the chat keeps the name it was found under.
    ...(goesBy && (phone === null ? { bsuid } : { phone })),
    channel_chat_id: channelChatIdOf(phone ?? bsuid ?? ''),
    first_event_id: place.eventId,
    created_at: place.now,
  };
  const known = { channel_id: place.channelId, id: place.chatId, ...facts };
  const sets = Object.entries(known).filter(([, value]) => value !== null);
  const adds = {
    names: namesOf(phone === null ? { bsuid } : { phone }),
    ...(turnId && { turn_ids: new Set([turnId]) }),
  };
  return {
    update: `SET ${[
      ...sets.map(([name]) => `#${name} = :${name}`),
      ...Object.keys(once).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ].join(', ')} ADD ${Object.keys(adds)
      .map((name) => `#${name} :${name}`)
      .join(', ')}`,
    values: Object.fromEntries(
      [...sets, ...Object.entries(once), ...Object.entries(adds)].map(([name, value]) => [
        `:${name}`,
        value,
      ]),
    ),
  };
}

/** The aliases that lead to the chat, as its row notes them: erasing the chat removes every one. */
export const namesOf = ({
  phone,
  bsuid,
  wa_id,
}: Partial<Pick<Chat, 'phone' | 'bsuid' | 'wa_id'>>) =>
  new Set([
    ...[phone, wa_id].flatMap((value) => (value ? `phone:${value}` : [])),
    ...(bsuid ? [`bsuid:${bsuid}`] : []),
  ]);
