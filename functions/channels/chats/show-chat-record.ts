// Find the chat → its turns and what became of their replies, list by list → the dead letters about it.
import type { Chat } from '../../../shared/contract/chat.ts';
import type { ChatRecord, LetterRecord, TurnRecord } from '../../../shared/contract/chat-record.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { HistoryEntry } from '../../../shared/contract/history.ts';
import { recipientSchema } from '../../../shared/contract/messages-request.ts';
import type { Turn } from '../../../shared/contract/turn.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { historyEntry } from '../../../shared/rules/agent-event/history.ts';
import { chatView } from '../../../shared/rules/chat/chat-view.ts';
import { letterId } from '../../../shared/rules/dead-letter/letter-id.ts';
import { replyIdsOf } from '../../../shared/rules/delivery/reply-ids-of.ts';
import { replyView } from '../../../shared/rules/delivery/reply-view.ts';
import { findHeldChat, type HeldChat } from '../../../shared/store/chat/held-chat.ts';
import { findOlderTurns } from '../../../shared/store/chat/turns-of-chat.ts';
import { lettersAbout } from '../../../shared/store/dead-letters.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { entriesOf } from '../../../shared/store/history.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import { chatUnknown, findNamedChat } from '../../chain/find-named-chat.ts';
import { readChatName } from '../../chain/read-chat-name.ts';
import type { ChannelsDeps } from '../deps.ts';
import { existing } from '../load-channel.ts';
import { FIRST, type RecordPosition, readPosition, writePosition } from './record-position.ts';

/** Lambda answers 6 MB at most; a turn, or a page of letters, is at most a megabyte more. */
const PAGE_BYTES = 3 * 1024 * 1024;

/** The chat that the one name in the query leads to. Throws `request-invalid`, `chat-unknown`. */
export async function lookUpChat(
  deps: ChannelsDeps,
  channelId: string,
  query: Record<string, string | undefined>,
): Promise<ChatView> {
  const channel = await existing(deps, channelId);
  const name = readChatName(parse(recipientSchema, query), '');
  return chatView(await findNamedChat(deps, channel, name), channel, deps.now());
}

/** A page of everything that is held about a chat's visitor. Throws `request-invalid`, `chat-unknown`. */
export async function showChatRecord(
  deps: ChannelsDeps,
  { channelId, chatId }: { channelId: string; chatId: string },
  cursor: string | undefined,
): Promise<ChatRecord> {
  const channel = await existing(deps, channelId);
  const { id } = await findNamedChat(deps, channel, { kind: 'chat_id', value: chatId });
  const held = await findHeldChat(deps.table, channel.id, id);
  if (!held) throw chatUnknown();
  const page = new Page();
  const from = cursor === undefined ? FIRST : readPosition(cursor);
  const next = await addFrom(deps, held, from, page);
  return {
    chat: chatView(held.chat, channel, deps.now()),
    names: held.names.filter((name) => !name.startsWith('chat:')),
    row: rowOf(held.chat),
    turns: page.turns.toSorted((a, b) => b.begun_at.localeCompare(a.begun_at)),
    history: page.history,
    dead_letters: page.letters,
    next: next && writePosition(next),
  };
}

class Page {
  readonly turns: TurnRecord[] = [];
  readonly history: HistoryEntry[] = [];
  readonly letters: LetterRecord[] = [];
  #bytes = 0;

  get isFull(): boolean {
    return this.#bytes > PAGE_BYTES;
  }

  add(what: { turn: TurnRecord } | { said: HistoryEntry } | { letter: LetterRecord }): void {
    this.#bytes += JSON.stringify(what).length;
    if ('turn' in what) this.turns.push(what.turn);
    else if ('said' in what) this.history.push(what.said);
    else this.letters.push(what.letter);
  }
}

/** What a page has from there on, and where the next one begins; null: nowhere. */
async function addFrom(
  deps: ChannelsDeps,
  held: HeldChat,
  from: RecordPosition,
  page: Page,
): Promise<RecordPosition | null> {
  switch (from.at) {
    case 'turns': {
      const next = await addTurns(deps, held, from, page);
      return next ?? addFrom(deps, held, { at: 'history', after: null }, page);
    }
    case 'history': {
      const next = await addHistory(deps, held, from.after, page);
      return next ?? addFrom(deps, held, { at: 'letters', after: null }, page);
    }
    case 'letters':
      return addLetters(deps, held, from.after, page);
  }
}

/** Where the next page begins; null: this was all that was said. */
async function addHistory(
  { table, now }: ChannelsDeps,
  { chat: { channel_id: channelId, id: chatId } }: HeldChat,
  from: string | null,
  page: Page,
): Promise<RecordPosition | null> {
  for (let after = from; ; ) {
    if (page.isFull) return { at: 'history', after };
    const found = await entriesOf(table, { channelId, chatId }, { after, now: now() });
    for (const entry of found.entries) page.add({ said: historyEntry(entry) });
    if (found.after === null) return null;
    after = found.after;
  }
}

/** Where the next page begins; null: these were all turns. */
async function addTurns(
  { table }: ChannelsDeps,
  { chat, turnIds, olderTurnsId }: HeldChat,
  from: Extract<RecordPosition, { at: 'turns' }>,
  page: Page,
): Promise<RecordPosition | null> {
  for (let { list, after }: { list: string | null; after: string } = from; ; after = '') {
    const older = list === null ? null : await findOlderTurns(table, chat, list);
    const ids = list === null ? turnIds : (older?.turn_ids ?? []);
    for (const id of ids.toSorted().filter((one) => one > after)) {
      if (page.isFull) return { at: 'turns', list, after };
      const turn = await turnRecord(table, chat, id);
      if (turn) page.add({ turn });
      after = id;
    }
    list = list === null ? olderTurnsId : (older?.older_turns_id ?? null);
    if (list === null) return null;
  }
}

async function turnRecord(
  table: ChannelsDeps['table'],
  { channel_id: channelId, id: chatId }: Chat,
  eventId: string,
): Promise<TurnRecord | null> {
  const turn = await findTurn(table, { channelId, eventId }, { consistent: true });
  if (!turn) return null;
  const find = (replyId: string) => findDelivery(table, channelId, replyId);
  const own = await Promise.all(replyIdsOf(turn, chatId).map(find));
  const fallbacks = await Promise.all(
    own.flatMap((delivery) => delivery?.fallback_reply_id ?? []).map(find),
  );
  return {
    event_id: turn.event_id,
    begun_at: iso(turn.begun_at),
    ended_at: turn.ended_at === null ? null : iso(turn.ended_at),
    attempts: turn.attempts,
    outcome: turn.outcome,
    replies: [...own, ...fallbacks].flatMap((delivery) =>
      delivery ? { ...replyView(delivery), index: indexIn(turn, delivery) } : [],
    ),
  };
}

/** The place of its words in what the turn holds now; null: they are not among them. */
const indexIn = (turn: Turn, delivery: Delivery): number | null =>
  delivery.turn_id === turn.event_id &&
  delivery.fallback_for === undefined &&
  delivery.redriven === turn.redriven?.at(-1)
    ? delivery.index
    : null;

/** Where the next page begins; null: these were all letters. */
async function addLetters(
  { table, now }: ChannelsDeps,
  { chat, names }: HeldChat,
  from: string | null,
  page: Page,
): Promise<RecordPosition | null> {
  for (let after = from; ; ) {
    if (page.isFull) return { at: 'letters', after };
    const found = await lettersAbout(table, chat.channel_id, names, { after, now: now() });
    for (const letter of found.letters) page.add({ letter: letterRecord(letter) });
    if (found.after === null) return null;
    after = found.after;
  }
}

const letterRecord = (letter: DeadLetter): LetterRecord => {
  const { queue, code, reason, attempts, job, at } = letter;
  return { id: letterId(letter), queue, code, reason, attempts, job, at: iso(at) };
};

/** As JSON: the names stand beside the row. */
const rowOf = ({ names, burst, ...row }: Chat): Record<string, unknown> => ({
  ...row,
  ...(burst && { burst: [...burst] }),
});

const iso = (ms: number): string => new Date(ms).toISOString();
