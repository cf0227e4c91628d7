import type { AfterRefusal, Part } from '../../contract/delivery.ts';
import type { ReplyJob } from '../../contract/jobs.ts';
import { afterWindowRefusal } from '../window/after-window-refusal.ts';

/** How a part goes once more: as its way out, or with what was made of WhatsApp's "closed". */
export type Again = Omit<NonNullable<ReplyJob['again']>, 'part' | 'round'>;

/**
 * What a failure that comes after the acceptance asks for: the part once more, its way out instead,
 * or (null) nothing, the failure is final. Once and no more: product.md S12, B11; of a blocked channel
 * too, where the second time waits for the block to end (C14). Of a window that was closed after all (B6) once more, and, where it may have been said in error, one time before that.
 */
export function afterLateFailure(
  part: Part,
  next: AfterRefusal,
  lastInboundAt: number | null,
): Again | null {
  if (next === 'window') {
    const verdict = afterWindowRefusal(part, { lastInboundAt, leftAt: part.at });
    if (verdict === 'final' || part.round === 2) return null;
    return { window: verdict === 'doubt' ? 'doubted' : 'refuted' };
  }
  if (part.round !== undefined) return null;
  if (next === 'media') return part.has_fallback && !part.as ? { as: 'fallback' } : null;
  return next === 'retry' || next === 'retry-few' || next === 'account' ? {} : null;
}
