import type { Chat } from '../../contract/chat.ts';
import { type ItemUpdate, type Table, updateItem } from '../table.ts';
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
  /** It waits for the messages that follow it: PROTOCOLS 32.2. */
  waits?: boolean;
}

/** Longer than any name in WhatsApp; what is longer is cut, because a chat's row is read and written all the time. */
const LONGEST_NAME = 512;

/** On the right of a SET the row's attributes have the values from before the write. */
const MOVE_ON = [
  '#inbound_before = if_not_exists(#last_inbound_at, :last_inbound_at)',
  '#inbound_earlier = if_not_exists(#inbound_before, :last_inbound_at)',
].join(', ');

/** WhatsApp tells whole seconds: a second message within one is newer too, and a repeat of the first is not. */
const IF_NEWER = [
  'attribute_not_exists(#last_inbound_at) OR #last_inbound_at < :last_inbound_at',
  'OR (#last_inbound_at = :last_inbound_at AND',
  '(attribute_not_exists(#inbound_event) OR #inbound_event <> :inbound_event))',
].join(' ');

const movedOn = ({ update }: ItemUpdate): string => update.replace('SET ', `SET ${MOVE_ON}, `);

/** PROTOCOLS 30.1: a repeat of the newest message is not counted, because it is not newer. */
const counted = (made: ItemUpdate, now: number): Pick<ItemUpdate, 'update' | 'values'> => ({
  update: `${movedOn(made).replace('SET ', 'SET #turns_since = if_not_exists(#turns_since, :turn_at), ')}, #turns_counted :one`,
  values: { ...made.values, ':turn_at': now, ':one': 1 },
});

/**
 * PROTOCOLS 2.3: the visitor wrote or called. Makes the chat where there is none, opens the dialog, and
 * moves `last_inbound_at` forward, never back. A stop or start word counts in that same write, and a
 * repeat changes nothing, not even what was heard before it. Null: the chat was erased, or its
 * time is over.
 */
export async function recordInbound(table: Table, inbound: InboundFacts): Promise<Chat | null> {
  const { phone, username, name, now, inboundAt, wish, turnId, waits = false } = inbound;
  const facts = {
    phone,
    username,
    name: name.slice(0, LONGEST_NAME) || null,
    dialog: 'open',
    dialog_at: now,
    ...(waits && turnId && { burst_newest: turnId }),
  };
  const stop_word = wish && inboundAt !== null ? { value: wish, at: inboundAt } : null;
  const last = { last_inbound_at: inboundAt, inbound_event: inbound.eventId };
  const moved = change(inbound, { ...facts, ...last, stop_word }, { turnId, waits });
  const newer =
    inboundAt === null
      ? null
      : await updateItem<StoredChat>(table, keyOf(inbound), {
          ...moved,
          ...(turnId ? counted(moved, now) : { update: movedOn(moved) }),
          condition: `${IF_NOT_GONE} AND (${IF_NEWER})`,
        });
  const row = newer ?? (await upsert(table, inbound, change(inbound, facts, { turnId, waits })));
  if (row) await moveOlderTurns(table, row, now);
  // A newer message was recorded before this one, or this very one; it need not have held such a word: a wish has its own time.
  if (row && !newer && stop_word) return noteWish(table, inbound, { stop_word });
  return inStep(table, row);
}
