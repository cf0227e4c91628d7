import type { Delivery, DeliveryNews, DeliveryStatus, Part } from '../contract/delivery.ts';

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
 * What the sender has to say of a reply it is done with: each part that left was accepted; of the
 * parts that did not, the first one says why, for all.
 */
export function endNews(delivery: Delivery): DeliveryNews[] {
  const news: DeliveryNews[] = [];
  for (let index = 0; index < delivery.part_count; index++) {
    const part = delivery.parts[index];
    if (!part) continue;
    const stopped = part.status === 'refused' || part.status === 'expired';
    const failed = part.status === 'failed' && part.message_id === null;
    const status =
      stopped || failed ? (part.status as 'refused' | 'expired' | 'failed') : 'accepted';
    news.push(deliveryNews(delivery, index, status, part));
    if (stopped || failed) break;
  }
  return news;
}

/** The word under which `told` remembers that the agent has heard this. */
export const toldWord = ({ part, status }: DeliveryNews): string => `${part}:${status}`;
