// What was said in the chat before, for an agent that keeps no memory of its own: PROTOCOLS 29.
import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { HistoryEntry, KeptEntry } from '../../../shared/contract/history.ts';
import { readReply } from '../../../shared/contract/reply.ts';
import {
  entriesToRead,
  historyEntry,
  lastTurns,
} from '../../../shared/rules/agent-event/history.ts';
import { hasGone } from '../../../shared/rules/delivery/has-gone.ts';
import { firstOpen } from '../../../shared/rules/delivery/next-step.ts';
import { replyIdsOf } from '../../../shared/rules/delivery/reply-ids-of.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { newestEntries } from '../../../shared/store/history.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import { entryOfReply } from '../../../shared/whatsapp/outbound/entry-of-reply.ts';
import type { WorkerDeps } from '../deps.ts';

interface Recalling {
  channel: Channel;
  chat: Chat;
  /** The turns that the event is about. */
  own: string[];
}

/** Turns before this one whose replies may still be on their way when the visitor writes again at once. */
const TURNS_UNDER_WAY = 2;

/** The last turns of the chat; null: the channel keeps no history. */
export async function recallHistory(
  deps: WorkerDeps,
  { channel, chat, own: ids }: Recalling,
): Promise<HistoryEntry[] | null> {
  const { history_turns: turns, burst_ms: waitMs } = channel.options;
  if (turns === 0) return null;
  const place = { channelId: channel.id, chatId: chat.id };
  const limit = ids.length + entriesToRead(turns, waitMs > 0);
  const kept = await newestEntries(deps.table, place, { limit, now: deps.now() });
  const own = new Set(ids);
  const before = kept.filter(({ turn_id }) => !own.has(turn_id));
  const asked = before.flatMap(({ from, turn_id }) => (from === 'visitor' ? turn_id : []));
  const recent = [...new Set(asked)].slice(0, TURNS_UNDER_WAY);
  const known = new Set(before.map(({ reply_id }) => reply_id));
  const underWay = await Promise.all(
    recent.map((turnId) => onTheirWay(deps, { channel, chat, turnId, known })),
  );
  return lastTurns([...before, ...underWay.flat()], turns, own).map(historyEntry);
}

/** Replies of a turn that the sender has not come to yet: the agent has said them, whatever it remembers. */
async function onTheirWay(
  { table }: WorkerDeps,
  {
    channel,
    chat,
    turnId,
    known,
  }: Omit<Recalling, 'own'> & { turnId: string; known: Set<string | undefined> },
): Promise<KeptEntry[]> {
  const place = { channelId: channel.id, eventId: turnId };
  const turn = await findTurn(table, place, { consistent: true });
  if (turn?.outcome?.kind !== 'answered') return [];
  const { replies } = turn.outcome.answer;
  const at = turn.ended_at ?? turn.begun_at;
  const ids = replyIdsOf(turn, chat.id);
  const found = await Promise.all(
    ids.map(async (replyId, index) => {
      const read = known.has(replyId) ? null : readReply(replies[index]);
      if (!read?.ok) return [];
      const delivery = await findDelivery(table, channel.id, replyId);
      if (delivery && !mayStillArrive(delivery)) return [];
      const said = entryOfReply(read.reply, channel, { replyId, to: chat });
      return said ? [{ ...said, at, turn_id: turnId, event_id: turnId, reply_id: replyId }] : [];
    }),
  );
  return found.flat();
}

/** Not ended and not parked; or gone, and its entry came too late for the look at what is kept. */
function mayStillArrive({ parts, part_count: partCount }: Delivery): boolean {
  const open = firstOpen(parts, partCount);
  return open === null ? Object.values(parts).some(hasGone) : parts[open]?.status !== 'parked';
}
