import type { Delivery } from '../../../shared/contract/delivery.ts';
import type { Story, TracedReply } from '../../../shared/contract/trace-answer.ts';
import type { Turn } from '../../../shared/contract/turn.ts';
import { providerWords } from '../../../shared/dialog360/provider-words.ts';
import { replyIdsOf } from '../../../shared/rules/delivery/reply-ids-of.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { tracedReply } from '../../../shared/rules/trace/traced-reply.ts';
import { tracedTurn } from '../../../shared/rules/trace/traced-turn.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import type { Table } from '../../../shared/store/table.ts';
import { isRequest } from './story-id-of.ts';

interface Material {
  /** Turns of the chat: later ones may hold late replies to this event. */
  turns: Turn[];
  /** Deliveries that are known already. */
  replies: Delivery[];
  chatId: string | null;
}

/** The turn under this id, those whose replies belong to it, and what became of each reply. */
export async function storyOf(
  table: Table,
  channelId: string,
  traceId: string,
  { turns, replies, chatId }: Material,
): Promise<Story> {
  const own = turns.filter(({ event_id }) => event_id === traceId);
  const begun = own[0]?.begun_at ?? 0;
  const late = turns.filter(
    ({ event_id: id, begun_at }) => id !== traceId && isRequest(id) && begun_at >= begun,
  );
  const [ofOwn, ofLate] = await Promise.all(
    [own, late].map((some) => deliveriesOf(table, channelId, some, chatId)),
  );
  const mine = [...(ofOwn ?? []), ...(ofLate ?? []), ...replies].filter(
    (delivery) => traceOf(delivery) === traceId,
  );
  const fallbacks = await Promise.all(
    mine.flatMap(({ fallback_reply_id: id }) => (id ? findDelivery(table, channelId, id) : [])),
  );
  const all = new Map(
    [...mine, ...fallbacks].flatMap((one) => (one ? [[one.reply_id, one] as const] : [])),
  );
  const lateTurns = late.filter(({ event_id }) => mine.some(({ turn_id }) => turn_id === event_id));
  return {
    trace_id: traceId,
    turns: [...own, ...lateTurns].map(tracedTurn),
    replies: [
      ...[...all.values()].map((one) => tracedReply(one, (detail) => providerWords({ detail }))),
      ...own.flatMap((turn) => unseen(turn, chatId, all)),
    ].toSorted((a, b) => a.accepted_at.localeCompare(b.accepted_at)),
  };
}

async function deliveriesOf(
  table: Table,
  channelId: string,
  turns: Turn[],
  chatId: string | null,
): Promise<Delivery[]> {
  const ids = turns.flatMap((turn) => replyIdsOf(turn, chatId ?? ''));
  const found = await Promise.all(ids.map((id) => findDelivery(table, channelId, id)));
  return found.filter((delivery) => delivery !== null);
}

/** Replies of an answer that the sender has not come to: it makes the delivery. */
function unseen(turn: Turn, chatId: string | null, seen: Map<string, Delivery>): TracedReply[] {
  const { outcome, ended_at: endedAt } = turn;
  if (outcome?.kind !== 'answered' || outcome.answer.replies.length === 0) return [];
  return replyIdsOf(turn, chatId ?? '')
    .slice(-outcome.answer.replies.length)
    .filter((id) => !seen.has(id))
    .map((reply_id) => ({
      reply_id,
      instead_of: null,
      accepted_at: new Date(endedAt ?? turn.begun_at).toISOString(),
      queued: true,
      parts: [],
      notes: [],
      told: [],
    }));
}
