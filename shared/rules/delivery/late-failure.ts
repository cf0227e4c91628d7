import type { AfterRefusal, Part } from '../../contract/delivery.ts';
import type { ReplyJob } from '../../contract/jobs.ts';
import { afterWindowRefusal } from '../window/after-window-refusal.ts';

/** How a part goes once more: as its fallback, or with our verdict on WhatsApp's "closed". */
export type Again = Omit<NonNullable<ReplyJob['again']>, 'part' | 'round'>;

/**
 * What is done about a failure that comes after the acceptance: the part goes once more, its fallback
 * goes instead (of a file: its caption and link as text), or (null) nothing, because the failure is final. A part goes again once and no more,
 * or one that always fails would go for ever; in a blocked channel too, where it waits for the block
 * to end. Where WhatsApp says that the window was closed after all, the part goes again once for the
 * policy to decide, and, where that may have been said in error, one time before that.
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
