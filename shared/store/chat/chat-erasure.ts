// The writes to a chat's own row and names when it is erased. `eraseChat` (functions/requests) does the rest
// of PROTOCOLS 13 between them.
import type { Chat } from '../../contract/chat.ts';
import { nameInChannelChatId } from '../../rules/identity/channel-chat-id.ts';
import type { PersonName } from '../../rules/identity/names-in-job.ts';
import { chatKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { forgetAlias } from './aliases.ts';
import { forgetFormerId } from './former-channel-chat-ids.ts';
import type { StoredChat } from './stored-chat.ts';

type ChatId = Pick<Chat, 'channel_id' | 'id'>;

/** What the tombstone of an erased chat still says, until all that it leads to is gone. */
export interface Remains {
  names: string[];
  /** A `FORMER-ID` may lead here under it. */
  channelChatId: string | null;
  /** Turns that may hold words. */
  turnIds: string[];
  /** More of them: the id of the newest list of older turns. */
  olderTurnsId: string | null;
}

/** What goes at once: everything but the ids, and what leads to the rest. */
const FORGOTTEN: Record<
  Exclude<keyof Chat, 'channel_id' | 'id' | 'channel_chat_id' | 'names'>,
  true
> = {
  phone: true,
  bsuid: true,
  wa_id: true,
  username: true,
  name: true,
  created_at: true,
  first_event_id: true,
  last_inbound_at: true,
  inbound_before: true,
  inbound_earlier: true,
  inbound_event: true,
  dialog: true,
  dialog_at: true,
  paused_until: true,
  control: true,
  turns_counted: true,
  turns_since: true,
  burst: true,
  burst_newest: true,
  missed: true,
  hold_told: true,
  refuted_inbound_at: true,
  parked: true,
  fallback: true,
  stop_word: true,
  marketing: true,
  pace_at: true,
  menu: true,
  media_wait: true,
  agent_session: true,
  expires_at: true,
  names_until: true,
};
/** What leads to the rest goes last. */
const LEADS_ON = ['channel_chat_id', 'names', 'turn_ids', 'older_turns_id'];

/**
 * PROTOCOLS 13.1: from here on no write to the chat succeeds and no reader finds it. Null: there is no
 * such chat, or it was erased and nothing of it is left.
 */
export async function markChatErased(
  table: Table,
  { channel_id, id }: ChatId,
  now: number,
): Promise<Remains | null> {
  const row = await updateItem<StoredChat>(table, chatKey(channel_id, id), {
    update: `SET #erased_at = if_not_exists(#erased_at, :now) REMOVE ${listOf(Object.keys(FORGOTTEN))}`,
    condition: `attribute_exists(#pk) AND (attribute_not_exists(#erased_at) OR attribute_exists(#channel_chat_id))`,
    values: { ':now': now },
  });
  return row && remainsOf(row);
}

/** Every name by which something else may say that it is about the chat's visitor. */
export const personNames = ({ id }: ChatId, { names, channelChatId }: Remains): PersonName[] => {
  const first = channelChatId === null ? null : nameInChannelChatId(channelChatId);
  const own = first ? [`${first.kind}:${first.value}` as const] : [];
  return [...new Set([`chat:${id}` as const, ...(names as PersonName[]), ...own])];
};

/** PROTOCOLS 13.2: no alias and no former `channel_chat_id` leads to the chat any more. */
export async function freeNames(
  table: Table,
  { channel_id: channelId, id }: ChatId,
  { names, channelChatId }: Remains,
): Promise<void> {
  await Promise.all(
    names.map((name) => {
      const [kind, value = ''] = name.split(/:(.*)/s);
      const alias = { channelId, kind: kind === 'phone' ? ('phone' as const) : ('bsuid' as const) };
      return forgetAlias(table, { ...alias, value }, id);
    }),
  );
  if (channelChatId !== null) await forgetFormerId(table, { channelId, channelChatId }, id);
}

/** PROTOCOLS 13.7: leaves only the ids and the time of erasing. Repeating it changes nothing. */
export async function leaveTombstone(table: Table, { channel_id, id }: ChatId): Promise<void> {
  await updateItem(table, chatKey(channel_id, id), {
    update: `REMOVE ${listOf(LEADS_ON)}`,
    condition: 'attribute_exists(#erased_at)',
  });
}

const listOf = (names: string[]): string => names.map((name) => `#${name}`).join(', ');

const remainsOf = ({ names, channel_chat_id, turn_ids, older_turns_id }: StoredChat): Remains => ({
  names: [...(names ?? [])],
  channelChatId: channel_chat_id ?? null,
  turnIds: [...(turn_ids ?? [])],
  olderTurnsId: older_turns_id ?? null,
});
