import type { Content } from '../../contract/message.ts';

/**
 * A tap is an answer of its own: who tapped waits, and writes no more. A form is sent, and a call allowed, by
 * a tap as well.
 */
export const endsBurst = (content: Content): boolean =>
  content.kind === 'choice'
    ? content.via === 'tap'
    : content.kind === 'form' || content.kind === 'call_permission';

export interface Burst {
  /** When the webhook took the first and the newest of its messages, epoch milliseconds. */
  firstAt: number;
  newestAt: number;
  /** The channel's `burst_ms` and `burst_max_ms`. */
  waitMs: number;
  maxMs: number;
}

/** Until when a burst waits for the next message. `isLast`: what comes after that is in another turn. */
export function burstEndsAt({ firstAt, newestAt, waitMs, maxMs }: Burst): {
  at: number;
  isLast: boolean;
} {
  const [quiet, longest] = [newestAt + waitMs, firstAt + maxMs];
  return longest <= quiet ? { at: longest, isLast: true } : { at: quiet, isLast: false };
}
