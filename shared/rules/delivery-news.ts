import {
  type Delivery,
  type DeliveryNews,
  type DeliveryStatus,
  LOSES,
  type Part,
} from '../contract/delivery.ts';

/** What the agent may be told about one part of a delivery: contract.md §2 `delivery`. */
export function deliveryNews(
  delivery: Delivery,
  index: number,
  status: DeliveryStatus,
  part: Omit<Part, 'status'>,
): DeliveryNews {
  return {
    reply_id: delivery.reply_id,
    ...(delivery.id !== null && { id: delivery.id }),
    ...(delivery.event_id !== null && { event_id: delivery.event_id }),
    ...(part.message_id !== null && { message_id: part.message_id }),
    part: index,
    parts: delivery.part_count,
    status,
    ...(part.code !== null && { code: part.code }),
    ...(part.reason !== null && { reason: part.reason }),
    at: new Date(part.at).toISOString(),
  };
}

/**
 * What the sender has to say of a reply it is done with: each part that left was accepted, and what
 * it lost on the way; of the parts that did not, the first one says why, for all.
 */
export function endNews(delivery: Delivery): DeliveryNews[] {
  const news: DeliveryNews[] = [];
  for (let index = 0; index < delivery.part_count; index++) {
    const part = delivery.parts[index];
    if (!part) continue;
    const stopped = stopOf(part);
    news.push(deliveryNews(delivery, index, stopped ?? 'accepted', part));
    if (stopped) break;
    for (const code of (part.notes ?? []).filter((note) => LOSES[note])) {
      news.push(deliveryNews(delivery, index, 'degraded', { ...part, code, reason: null }));
    }
  }
  return news;
}

/** How a part ended that no message of WhatsApp's came of; null: one did. */
function stopOf({ status, message_id }: Part): 'refused' | 'expired' | 'failed' | null {
  if (status === 'refused' || status === 'expired') return status;
  return status === 'failed' && message_id === null ? status : null;
}

/** The word under which `told` remembers that the agent has heard this. */
export const toldWord = ({ part, status, code }: DeliveryNews): string =>
  status === 'degraded' ? `${part}:${status}:${code}` : `${part}:${status}`;
