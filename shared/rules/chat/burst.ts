import type { Content } from '../../contract/message.ts';

/** A tap is an answer of its own: who tapped waits, and writes no more. */
export const endsBurst = (content: Content): boolean =>
  content.kind === 'choice' && content.via === 'tap';

export interface Burst {
  /** When the webhook took the first and the newest of its messages, epoch milliseconds. */
  firstAt: number;
  newestAt: number;
  /** The channel's `burst_ms` and `burst_max_ms`. */
  waitMs: number;
  maxMs: number;
}

/** Until when a burst waits for the next message. `isLast`: then the agent is asked, whatever has come since. */
export function burstEndsAt({ firstAt, newestAt, waitMs, maxMs }: Burst): {
  at: number;
  isLast: boolean;
} {
  const [quiet, longest] = [newestAt + waitMs, firstAt + maxMs];
  return longest <= quiet ? { at: longest, isLast: true } : { at: quiet, isLast: false };
}
