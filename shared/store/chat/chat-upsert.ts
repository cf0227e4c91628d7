// What all writes have in common that make the chat if it is not there (PROTOCOLS 2.3, 7.2, 12.2).
import type { Chat } from '../../contract/chat.ts';
import { channelChatIdOf } from '../../rules/identity/channel-chat-id.ts';
import { chatKey, expiry } from '../keys.ts';
import { type ItemUpdate, type Table, updateItem } from '../table.ts';
import { IF_NOT_GONE, liveAt } from './chat-conditions.ts';
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
  /** After how many days without a message the chat is forgotten; null or left out: never. */
  forgetAfterDays?: number | null | undefined;
}

export const keyOf = ({ channelId, chatId }: ChatPlace) => chatKey(channelId, chatId);

/** Changes the chat, or makes it. Null: the chat was erased, or its time is over. */
export const upsert = (
  table: Table,
  place: ChatPlace,
  made: ItemUpdate,
): Promise<StoredChat | null> =>
  updateItem<StoredChat>(table, keyOf(place), { ...made, condition: IF_NOT_GONE });

/**
 * The change of a row, under `IF_NOT_GONE`, that moves its end on, sets `facts`, sets what a chat is made of if that is not set yet, and notes the
 * alias by which the chat was found.
 */
export function change(
  place: ChatPlace,
  facts: Record<string, unknown>,
  {
    turnId,
    goesBy,
    waits = false,
  }: { turnId?: string | undefined; goesBy?: ChatPlace; waits?: boolean } = {},
): ItemUpdate & Required<Pick<ItemUpdate, 'values'>> {
  const { phone, bsuid } = place;
  const once = {
    // No message of the visitor has told phone or BSUID: the chat keeps the name it was found under.
    ...(goesBy && (phone === null ? { bsuid } : { phone })),
    channel_chat_id: channelChatIdOf(phone ?? bsuid ?? ''),
    first_event_id: place.eventId,
    created_at: place.now,
  };
  const end = place.forgetAfterDays ? expiry(place.now, place.forgetAfterDays) : null;
  const known = { channel_id: place.channelId, id: place.chatId, ...end, ...facts };
  const sets = Object.entries(known).filter(([, value]) => value !== null);
  const adds = {
    names: namesOf(phone === null ? { bsuid } : { phone }),
    ...(turnId && { turn_ids: new Set([turnId]) }),
    ...(turnId && waits && { burst: new Set([turnId]) }),
  };
  return {
    update: `SET ${[
      ...sets.map(([name]) => `#${name} = :${name}`),
      ...Object.keys(once).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ].join(', ')}${end ? '' : ' REMOVE #expires_at'} ADD ${Object.keys(adds)
      .map((name) => `#${name} :${name}`)
      .join(', ')}`,
    values: {
      ...Object.fromEntries(
        [...sets, ...Object.entries(once), ...Object.entries(adds)].map(([name, value]) => [
          `:${name}`,
          value,
        ]),
      ),
      ...liveAt(place.now),
    },
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
