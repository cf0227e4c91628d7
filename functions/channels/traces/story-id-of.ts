import type { Turn } from '../../../shared/contract/turn.ts';
import { replyIdsOf } from '../../../shared/rules/delivery/reply-ids-of.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import type { Table } from '../../../shared/store/table.ts';

/** What a caller asked for, under the id of its request. */
export const isRequest = (turnId: string): boolean => turnId.startsWith('req_');

/** The story a turn belongs to: its own; that of the event, where a caller sent replies to one. */
export async function storyIdOf(table: Table, turn: Turn): Promise<string> {
  const [replyId] = isRequest(turn.event_id) ? replyIdsOf(turn, turn.chat_id ?? '') : [];
  const reply = replyId ? await findDelivery(table, turn.channel_id, replyId) : null;
  return reply ? traceOf(reply) : turn.event_id;
}

/** The stories of these turns that have the newest turns, the newest first. */
export async function newestStories(table: Table, turns: Turn[], most: number): Promise<string[]> {
  const ids = new Set<string>();
  for (const turn of turns.toSorted((a, b) => b.begun_at - a.begun_at)) {
    if (ids.size === most) break;
    ids.add(await storyIdOf(table, turn));
  }
  return [...ids];
}
