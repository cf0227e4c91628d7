/** Sooner than this after a message, the app itself answered: a greeting or an away message. */
const AUTO_REPLY_MS = 5_000;

/**
 * Until when the agent is silent after a person answered from the app (product.md B16), epoch
 * milliseconds; null: it was the app's auto-reply, or the channel does not pause. Counted from the
 * person's own message, so that a repeat days later pauses nothing.
 */
export function pauseAfterHuman({
  sentAt,
  lastInboundAt,
  pauseMinutes,
}: {
  sentAt: number;
  lastInboundAt: number | null;
  pauseMinutes: number;
}): number | null {
  const sinceInbound = lastInboundAt === null ? null : sentAt - lastInboundAt;
  const automatic = sinceInbound !== null && sinceInbound >= 0 && sinceInbound <= AUTO_REPLY_MS;
  return automatic || pauseMinutes === 0 ? null : sentAt + pauseMinutes * 60_000;
}

/** Whether the agent is silent in a chat at `now`. */
export const isPaused = (pausedUntil: number | null, now: number): boolean =>
  pausedUntil !== null && pausedUntil > now;
