/** WhatsApp's service window: 24 hours after the user's newest message (API reference §8.1). */
const WINDOW_MS = 24 * 60 * 60 * 1000;
/** Closed a little early for us: clocks differ, and a refused message is worse than a late one. */
const MARGIN_MS = 30_000;

/** When the window closes, epoch milliseconds; null when the user never wrote. */
export const windowClosesAt = (lastInboundAt: number | null): number | null =>
  lastInboundAt === null ? null : lastInboundAt + WINDOW_MS;

/** Whether a free message may leave at `now`. Judge it at the instant of sending. */
export function isWindowOpen(lastInboundAt: number | null, now: number): boolean {
  const closesAt = windowClosesAt(lastInboundAt);
  return closesAt !== null && now < closesAt - MARGIN_MS;
}

/**
 * The time a message counts from: WhatsApp's own, since a repeat may be days old; never the future,
 * and the time of receipt where WhatsApp names none.
 */
export const inboundTime = (sentAt: number | null, receivedAt: number): number =>
  Math.min(sentAt ?? receivedAt, receivedAt);
