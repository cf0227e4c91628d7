import type { Delivery, Part } from '../../contract/delivery.ts';
import type { TracedPart, TracedReply } from '../../contract/trace-answer.ts';

/**
 * A reply as `trace` shows it: where each part is, and what it waits for; neither words nor prices. `masked`: a
 * reason without what the provider repeats of the message.
 */
export const tracedReply = (
  delivery: Delivery,
  masked: (reason: string) => string | null,
): TracedReply => ({
  reply_id: delivery.reply_id,
  instead_of: delivery.fallback_for ?? null,
  accepted_at: iso(delivery.accepted_at),
  queued: delivery.part_count === 0,
  parts: Array.from({ length: delivery.part_count }, (_, index) =>
    tracedPart(delivery.parts[index], masked),
  ),
  notes: [
    ...new Set([
      ...delivery.notes,
      ...Object.values(delivery.parts).flatMap((part) => part.notes ?? []),
    ]),
  ],
  told: [...(delivery.told ?? [])].toSorted(),
});

function tracedPart(part: Part | undefined, masked: (reason: string) => string | null): TracedPart {
  return {
    status: part?.status ?? 'waiting',
    at: part ? iso(part.at) : null,
    code: part?.code ?? null,
    reason: part?.reason ? masked(part.reason) : null,
    attempts: part?.attempts ?? 0,
    retry_at: part?.status === 'waiting' && part.retry_at !== undefined ? iso(part.retry_at) : null,
    message_id: part?.message_id ?? null,
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
