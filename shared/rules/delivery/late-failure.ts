import type { AfterRefusal, Part } from '../../contract/delivery.ts';
import type { ReplyJob } from '../../contract/jobs.ts';
import { afterWindowRefusal } from '../window/after-window-refusal.ts';

/** How a part goes once more: as its fallback, or with what was made of WhatsApp's "closed". */
export type Again = Omit<NonNullable<ReplyJob['again']>, 'part' | 'round'>;

/**
 * What a failure that comes after the acceptance asks for: the part once more, its fallback instead, or
 * (null) nothing, the failure is final. A part goes once more, never twice, or one that cannot arrive
 * would be tried for ever; that holds for a blocked channel too, where the second round waits for the
 * block to end. Where WhatsApp says that the window was closed, the part goes once more for the policy to
 * decide, and, where WhatsApp may be mistaken, one time before that.
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
