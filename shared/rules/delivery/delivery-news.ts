import { type Delivery, LOSES, type Part } from '../../contract/delivery.ts';
import type { DeliveryNews, DeliveryStatus } from '../../contract/delivery-news.ts';

/** What the agent may be told about one part of a delivery: docs/contract.md#event-types, `delivery`. */
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
    ...noteOf(delivery, status),
    at: new Date(part.at).toISOString(),
  };
}

/** What became of the fallback template, where it was to go for a reply that could not. */
function noteOf({ notes }: Delivery, status: DeliveryStatus): Pick<DeliveryNews, 'note'> {
  if (status !== 'refused' && status !== 'parked') return {};
  const note = FALLBACK_NOTES.find((one) => notes.includes(one));
  return note ? { note } : {};
}

/** What a delivery notes of its fallback template; where one failed and another went, that it went. */
export const FALLBACK_NOTES = ['template-sent', 'fallback-template-failed'] as const;
export type FallbackNote = (typeof FALLBACK_NOTES)[number];

/**
 * What the sender tells of a reply it is done with, or has parked: of each part that left, that it was
 * accepted, and what it lost; of the parts that did not leave, the first one says why, for all.
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
      const reason = code === 'media-as-link' ? (part.file_reason ?? null) : null;
      news.push(deliveryNews(delivery, index, 'degraded', { ...part, code, reason }));
    }
  }
  return news;
}

/** That a reply has left the park, told of the first part that waited there; of several times the last. */
export function releaseNews(delivery: Delivery): DeliveryNews[] {
  const released = Object.entries(delivery.parts)
    .map(([index, part]) => ({ index: Number(index), part, at: part.released_at ?? 0 }))
    .filter(({ at }) => at > 0)
    .toSorted((a, b) => b.at - a.at || a.index - b.index);
  return released.slice(0, 1).map(({ index, part, at }) => {
    const left = { ...part, at, code: null, reason: null };
    return deliveryNews(delivery, index, 'released', left);
  });
}

/** The delivery, with the note that its fallback template did not arrive after all. */
export const withFailedFallback = (delivery: Delivery): Delivery => {
  const others = delivery.notes.filter((note) => note !== 'template-sent');
  return { ...delivery, notes: [...new Set([...others, 'fallback-template-failed'])] };
};

/** What the agent is told of that, at `at` (epoch milliseconds): nothing when the reply itself went. */
export function fallbackFailedNews(delivery: Delivery, at: number): DeliveryNews[] {
  const waits = Object.entries(delivery.parts).find(
    ([, { status }]) => status === 'parked' || status === 'refused',
  );
  if (!waits) return [];
  const [index, part] = waits;
  const code = part.status === 'refused' ? 'fallback-template-failed' : part.code;
  const status = part.status === 'refused' ? 'refused' : 'parked';
  return [deliveryNews(delivery, Number(index), status, { ...part, code, at })];
}

/** How a part ended, or was parked, without becoming a message; null: it became one, or has not ended. */
function stopOf({ status, message_id }: Part): 'parked' | 'refused' | 'expired' | 'failed' | null {
  if (status === 'refused' || status === 'expired' || status === 'parked') return status;
  return status === 'failed' && message_id === null ? status : null;
}

/** The word under which `told` remembers that the agent has heard this. A reply may be parked twice. */
export function toldWord({ part, status, code, at }: DeliveryNews): string {
  if (status === 'degraded' || code === 'fallback-template-failed') {
    return `${part}:${status}:${code}`;
  }
  return status === 'parked' || status === 'released'
    ? `${part}:${status}:${at}`
    : `${part}:${status}`;
}
