/** How fast messages may go to one visitor. */
export interface Pace {
  /** One message each so many milliseconds, in the long run. */
  intervalMs: number;
  /** So many may go at once, borrowed from later. */
  burst: number;
}

/**
 * WhatsApp's pair limit: 1 message each 6 s, a burst of 45 borrowed from later (docs/360dialog.md#rate-limits).
 * We use a few less: our clock is not WhatsApp's, and messages may arrive closer together than they left.
 */
export const PAIR_LIMIT: Pace = { intervalMs: 6_000, burst: 40 };

/**
 * Counts one more message: moves `paceAt` on, or says how long the message has to wait. `paceAt` is when
 * the next message would be due if all had gone out evenly (epoch milliseconds); nothing else is kept.
 */
export function keepPace(
  paceAt: number | null,
  now: number,
  { intervalMs, burst }: Pace,
): { paceAt: number } | { waitMs: number } {
  const due = Math.max(paceAt ?? now, now);
  const early = due - now - (burst - 1) * intervalMs;
  return early > 0 ? { waitMs: early } : { paceAt: due + intervalMs };
}
