import type { Chat } from '../../contract/chat.ts';
import { type Table, updateItem } from '../table.ts';
import { IF_NOT_GONE } from './chat-conditions.ts';
import { type ChatPlace, change, keyOf, upsert } from './chat-upsert.ts';
import { inStep } from './keep-names.ts';
import { noteWish } from './note-wish.ts';
import type { StoredChat } from './stored-chat.ts';
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

const KEEP_LAST = '#inbound_before = if_not_exists(#last_inbound_at, :last_inbound_at)';

/**
 * PROTOCOLS 2.3: the visitor wrote or called. Makes the chat where there is none, opens the dialog, and
 * moves `last_inbound_at` forward, never back. A stop or start word counts in that same write, and a
 * repeat of an older one changes nothing. Null: the chat was erased, or its time is over.
 */
export async function recordInbound(table: Table, inbound: InboundFacts): Promise<Chat | null> {
  const { phone, username, name, now, inboundAt, wish, turnId } = inbound;
  const facts = { phone, username, name: name || null, dialog: 'open', dialog_at: now };
  const stop_word = wish && inboundAt !== null ? { value: wish, at: inboundAt } : null;
  const moved = change(inbound, { ...facts, stop_word, last_inbound_at: inboundAt }, { turnId });
  const newer =
    inboundAt === null
      ? null
      : await updateItem<StoredChat>(table, keyOf(inbound), {
          ...moved,
          // On the right of a SET the row's attributes have the values from before this write.
          update: moved.update.replace('SET ', `SET ${KEEP_LAST}, `),
          condition: `${IF_NOT_GONE} AND (attribute_not_exists(#last_inbound_at) OR #last_inbound_at <= :last_inbound_at)`,
        });
  const row = newer ?? (await upsert(table, inbound, change(inbound, facts, { turnId })));
  if (row) await moveOlderTurns(table, row, now);
  // A newer message was recorded before this one, but it need not have held such a word: a wish has its own time.
  if (row && !newer && stop_word) return noteWish(table, inbound, { stop_word });
  return inStep(table, row);
}
