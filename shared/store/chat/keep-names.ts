// A chat that is forgotten after a while (option `forget_after_days`) takes its names with it: PROTOCOLS 27.
import type { Chat } from '../../contract/chat.ts';
import { channelChatIdOf } from '../../rules/identity/channel-chat-id.ts';
import { optedOut } from '../../rules/opt-out/opted-out.ts';
import { aliasKey, chatKey, formerIdKey, type Key } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_EXISTS } from './chat-conditions.ts';
import { type StoredChat, whole } from './stored-chat.ts';

const DAY_SECONDS = 24 * 60 * 60;

type Kept = Pick<
  Chat,
  | 'channel_id'
  | 'id'
  | 'channel_chat_id'
  | 'phone'
  | 'bsuid'
  | 'names'
  | 'expires_at'
  | 'names_until'
>;

/**
 * PROTOCOLS 27.2 to 27.4, where a chat's row ends, or is to end, at `end` (epoch seconds; undefined: never).
 * The aliases are kept a day longer, so that they are written anew once a day at most, and none ends before
 * the row. Returns what the row then says.
 */
export async function keepNames(
  table: Table,
  chat: Kept,
  end: number | undefined,
): Promise<Pick<Chat, 'expires_at' | 'names_until'>> {
  if (end === undefined && chat.expires_at !== undefined) {
    await updateRow(table, chat, { update: 'REMOVE #expires_at' });
  }
  const until = end === undefined ? undefined : end + DAY_SECONDS;
  if (isNearEnough(chat.names_until, end))
    return { expires_at: end, names_until: chat.names_until };
  await Promise.all(namesOf(chat).map((key) => keepUntil(table, key, chat.id, until)));
  await updateRow(
    table,
    chat,
    until === undefined
      ? { update: 'REMOVE #names_until' }
      : { update: 'SET #names_until = :until', values: { ':until': until } },
  );
  return { expires_at: end, names_until: until };
}

/**
 * The end a chat is to have. Of a visitor who opted out it has none: forgetting the chat would forget that
 * they want nothing sent.
 */
export const endOf = (
  chat: Pick<Chat, 'stop_word' | 'marketing'>,
  end: number | undefined,
): number | undefined => (optedOut(chat) === null ? end : undefined);

/** A row as it was written, its names in step with it; null: it was not written. */
export async function inStep(table: Table, row: StoredChat | null): Promise<Chat | null> {
  if (!row) return null;
  const chat = whole(row);
  return { ...chat, ...(await keepNames(table, chat, endOf(chat, chat.expires_at))) };
}

/** Whether the aliases end at the end of the row or up to two days after it, or neither of them ends. */
function isNearEnough(namesUntil: number | undefined, end: number | undefined): boolean {
  if (namesUntil === undefined || end === undefined) return namesUntil === end;
  return namesUntil >= end && namesUntil <= end + 2 * DAY_SECONDS;
}

function namesOf({ channel_id, channel_chat_id, phone, bsuid, names }: Kept): Key[] {
  const aliases = [...(names ?? [])].map((name) => {
    const [kind, value = ''] = name.split(/:(.*)/s);
    return aliasKey(channel_id, kind === 'phone' ? 'phone' : 'bsuid', value);
  });
  const isFormer = channelChatIdOf(phone ?? bsuid ?? '') !== channel_chat_id;
  return isFormer ? [...aliases, formerIdKey(channel_id, channel_chat_id)] : aliases;
}

const keepUntil = (table: Table, key: Key, chatId: string, until: number | undefined) =>
  updateItem(table, key, {
    update: until === undefined ? 'REMOVE #expires_at' : 'SET #expires_at = :until',
    condition: '#chat_id = :chat',
    values: { ':chat': chatId, ...(until !== undefined && { ':until': until }) },
  });

const updateRow = (
  table: Table,
  { channel_id, id }: Kept,
  change: { update: string; values?: Record<string, unknown> },
) => updateItem(table, chatKey(channel_id, id), { ...change, condition: IF_EXISTS });
