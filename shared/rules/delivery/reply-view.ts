import type { Delivery, Part } from '../../contract/delivery.ts';
import type { ReplyView } from '../../contract/reply-view.ts';
import { traceOf } from './trace-of.ts';

/** What became of a reply, as the endpoints show it: docs/contract.md#reply-and-template-endpoints. */
export function replyView(delivery: Delivery): ReplyView {
  const { parts, part_count: partCount, notes } = delivery;
  const begun = Object.values(parts);
  return {
    reply_id: delivery.reply_id,
    id: delivery.id,
    event_id: delivery.event_id,
    trace_id: traceOf(delivery),
    chat_id: delivery.chat_id,
    accepted_at: new Date(delivery.accepted_at).toISOString(),
    parts: Array.from({ length: partCount }, (_, index) => partView(parts[index])),
    ...(delivery.fallback_reply_id && { fallback_reply_id: delivery.fallback_reply_id }),
    notes: [...new Set([...notes, ...begun.flatMap((part) => part.notes ?? [])])],
  };
}

function partView(part: Part | undefined): ReplyView['parts'][number] {
  if (!part) {
    const nothing = { message_id: null, code: null, reason: null, at: null };
    return { status: 'waiting', ...nothing, attempts: 0 };
  }
  const { status, message_id, code, at, attempts, pricing } = part;
  return {
    status,
    message_id,
    code,
    reason: part.reason ?? part.file_reason ?? null,
    at: new Date(at).toISOString(),
    attempts,
    ...(pricing && { pricing: priceIn(pricing) }),
  };
}

/** An earlier version kept it as an object: deliveries outlive a deployment. */
const priceIn = (kept: string | Record<string, unknown>): Record<string, unknown> =>
  typeof kept === 'string' ? (JSON.parse(kept) as Record<string, unknown>) : kept;
