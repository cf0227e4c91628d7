import type { Chat } from '../../contract/chat.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_NOT_ERASED } from './chat-conditions.ts';
import { type ChatPlace, change, keyOf, upsert } from './chat-upsert.ts';
import { noteWish } from './note-wish.ts';
import { type StoredChat, whole } from './stored-chat.ts';
import { moveOlderTurns } from './turns-of-chat.ts';

/** What a visitor's message, or call, tells about the chat. */
export interface InboundFacts extends ChatPlace {
  username: string | null;
  name: string;
  /** The message's own time, never in the future; null when it does not open the window. */
  inboundAt: number | null;
  /** The message is a stop word or a start word. */
  wish?: 'stop' | 'start' | null;
  /** The turn of the message, where the agent may answer: erasing the chat finds the words by it. */
  turnId?: string;
}

/** Longer than any name in WhatsApp; what is longer is cut, because a chat's row is read and written all the time. */
const LONGEST_NAME = 512;

const KEEP_LAST = '#inbound_before = if_not_exists(#last_inbound_at, :last_inbound_at)';

/**
 * PROTOCOLS 2.3: the visitor wrote or called. Makes the chat where there is none, opens the dialog, and
 * moves `last_inbound_at` forward, never back. A stop or start word counts in that same write, and a
 * repeat changes nothing: `inbound_before` is the time before it, whatever comes again. Null: the chat was erased, and stays so.
 */
export async function recordInbound(table: Table, heard: InboundFacts): Promise<Chat | null> {
  const { phone, username, name, now, inboundAt, wish, turnId } = heard;
  const facts = {
    phone,
    username,
    name: name.slice(0, LONGEST_NAME) || null,
    dialog: 'open',
    dialog_at: now,
  };
  const stop_word = wish && inboundAt !== null ? { value: wish, at: inboundAt } : null;
  const moved = change(heard, { ...facts, stop_word, last_inbound_at: inboundAt }, { turnId });
  const newer =
    inboundAt === null
      ? null
      : await updateItem<StoredChat>(table, keyOf(heard), {
          ...moved,
          // On the right of a SET the row's attributes have the values from before this write.
          update: moved.update.replace('SET ', `SET ${KEEP_LAST}, `),
          condition: `${IF_NOT_ERASED} AND (attribute_not_exists(#last_inbound_at) OR #last_inbound_at < :last_inbound_at)`,
        });
  const row = newer ?? (await upsert(table, heard, change(heard, facts, { turnId })));
  if (row) await moveOlderTurns(table, row, now);
  // A message as new as this one was recorded already, perhaps this very one; it need not have held such a word: a wish has its own time.
  if (row && !newer && stop_word) return noteWish(table, heard, { stop_word });
  return row && whole(row);
}
