// What the id is of → the chat → its turns → what became of their replies → what was given up. Nothing is written.
import type { Channel } from '../../../shared/contract/channel.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { TraceAnswer } from '../../../shared/contract/trace-answer.ts';
import type { Turn } from '../../../shared/contract/turn.ts';
import { requestInvalid } from '../../../shared/kernel/request-invalid.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { channelStatus } from '../../../shared/rules/channel/channel-status.ts';
import { chatView } from '../../../shared/rules/chat/chat-view.ts';
import { letterSummary } from '../../../shared/rules/dead-letter/letter-view.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { type TraceSubject, traceSubject } from '../../../shared/rules/trace/trace-subject.ts';
import { findChatBy } from '../../../shared/store/chat/find-chat-by.ts';
import { findHeldChat, type HeldChat } from '../../../shared/store/chat/held-chat.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { findSentMessage } from '../../../shared/store/delivery/sent-messages.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import type { ChannelsDeps } from '../deps.ts';
import { existing } from '../load-channel.ts';
import { lettersInTrace } from './letters-in-trace.ts';
import { newestStories, storyIdOf } from './story-id-of.ts';
import { storyOf } from './story-of.ts';
import { turnsOfChat } from './turns-of-chat.ts';

type TraceDeps = Pick<ChannelsDeps, 'table' | 'now'>;

/** Of a visitor so many turns are told, the newest. */
const NEWEST = 5;

/** Where a story is found. */
interface Found {
  chatId: string | null;
  /** The ids of the stories; null: the newest of the chat. */
  traceIds: string[] | null;
  turns: Turn[];
  replies: Delivery[];
}

/**
 * What the table knows of a message, a reply, an event or a visitor, without words: docs/contract.md#traces.
 * Nothing is known of what never came, or is older than it is kept. Throws `request-invalid`, `channel-unknown`.
 */
export async function showTrace(
  deps: TraceDeps,
  channelId: string,
  of: string | undefined,
): Promise<TraceAnswer> {
  const channel = await existing(deps, channelId);
  const subject = traceSubject(of ?? '');
  if (!subject) {
    const detail =
      'must be the whole id of a message, a reply, an event or a chat, or a phone number with its country code';
    throw requestInvalid([{ path: 'of', detail }]);
  }
  const found = await find(deps, channel, subject);
  const held =
    found.chatId === null ? null : await findHeldChat(deps.table, channel.id, found.chatId);
  const turnsNow = held ? await turnsOfChat(deps.table, held, found.traceIds ?? []) : [];
  const traceIds = found.traceIds ?? (await newestStories(deps.table, turnsNow, NEWEST));
  const known = [...found.turns, ...turnsNow].filter(isFirst);
  // A caller may name an event of another visitor: that is none of this story. A turn names its chat once it has ended.
  const turns = [...known, ...(await missingIn(deps.table, channel.id, known, traceIds))].filter(
    (turn) => turn.chat_id === found.chatId || turnsNow.some(isSame(turn)),
  );
  // An old delivery may outlive its erased chat: then nothing is known of it.
  const material = { turns, replies: held ? found.replies : [], chatId: found.chatId };
  const stories = await Promise.all(
    traceIds.map((traceId) => storyOf(deps.table, channel.id, traceId, material)),
  );
  const letters = await lettersInTrace(deps, channel.id, {
    held,
    turns,
    stories,
    all: found.traceIds === null,
  });
  return {
    channel: channelIn(channel),
    chat: held && chatIn(held, channel, deps.now()),
    stories,
    dead_letters: letters.map(letterSummary),
  };
}

async function find(
  { table }: TraceDeps,
  { id: channelId }: Channel,
  subject: TraceSubject,
): Promise<Found> {
  const nothing: Found = { chatId: null, traceIds: [], turns: [], replies: [] };
  const byTurn = async (eventId: string): Promise<Found> => {
    const turn = await findTurn(table, { channelId, eventId }, { consistent: true });
    const newer = turn?.outcome?.kind === 'merged' ? [turn.outcome.into] : [];
    const ownId = turn ? await storyIdOf(table, turn) : eventId;
    return {
      chatId: turn?.chat_id ?? null,
      traceIds: [ownId, ...newer],
      turns: turn ? [turn] : [],
      replies: [],
    };
  };
  const byReply = async (replyId: string): Promise<Found> => {
    const reply = await findDelivery(table, channelId, replyId);
    if (!reply) return nothing;
    const found = await byTurn(traceOf(reply));
    return { ...found, chatId: reply.chat_id, replies: [reply] };
  };
  switch (subject.kind) {
    case 'turn':
      return byTurn(subject.id);
    case 'reply':
      return byReply(subject.id);
    case 'message': {
      const { id: messageId } = subject;
      const found = await byTurn(messageEventId(channelId, messageId));
      const sent = found.turns[0] ? null : await findSentMessage(table, { channelId, messageId });
      return sent?.owner ? byReply(sent.owner.replyId) : found;
    }
    case 'chat':
      return { ...nothing, chatId: subject.id, traceIds: null };
    default: {
      const chat = await findChatBy(table, channelId, subject);
      return chat ? { ...nothing, chatId: chat.id, traceIds: null } : nothing;
    }
  }
}

/** Turns of these stories that were not among the newest. */
async function missingIn(
  table: ChannelsDeps['table'],
  channelId: string,
  known: Turn[],
  storyIds: string[],
): Promise<Turn[]> {
  const ids = storyIds.filter((id) => known.every(({ event_id }) => event_id !== id));
  const turns = await Promise.all(ids.map((eventId) => findTurn(table, { channelId, eventId })));
  return turns.filter((turn) => turn !== null);
}

const isSame =
  ({ event_id }: Turn) =>
  (other: Turn): boolean =>
    other.event_id === event_id;

const isFirst = (turn: Turn, at: number, all: Turn[]): boolean =>
  all.findIndex(isSame(turn)) === at;

function channelIn(channel: Channel): TraceAnswer['channel'] {
  const known = {
    lastSeen: { last_inbound_at: null, last_status_at: null },
    letters: { count: 0, more: false },
  };
  const { id, title, active, waiting, held, blocked } = channelStatus(channel, known);
  return { id, title, active, waiting, held, blocked };
}

function chatIn({ chat }: HeldChat, channel: Channel, now: number): TraceAnswer['chat'] {
  const view = chatView(chat, channel, now);
  const { chat_id, identity, last_inbound_at, window, paused_until, held_by, parked } = view;
  return {
    ...{ chat_id, phone: identity.phone, last_inbound_at, window, paused_until, held_by, parked },
    opted_out: view.opted_out,
  };
}
