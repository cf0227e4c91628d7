/** Sooner than this after a message, the app itself answered: a greeting or an away message. */
const AUTO_REPLY_MS = 5_000;
/** Webhooks overtake each other: the message an echo answers may be read after it, by so much. */
const SETTLES_MS = 10_000;

/**
 * Until when the agent is silent after a person answered from the app (product.md B16), epoch
 * milliseconds; null: it was the app's auto-reply, or the channel does not pause. Counted from the
 * person's own message, so that a repeat days later pauses nothing.
 */
export function pauseAfterHuman({
  sentAt,
  inboundTimes,
  pauseMinutes,
}: {
  sentAt: number;
  /** When the user wrote, the last few times: the auto-reply may be to any of them. */
  inboundTimes: (number | null)[];
  pauseMinutes: number;
}): number | null {
  const automatic = inboundTimes.some((at) => {
    const since = at === null ? null : sentAt - at;
    return since !== null && since >= 0 && since <= AUTO_REPLY_MS;
  });
  return automatic || pauseMinutes === 0 ? null : sentAt + pauseMinutes * 60_000;
}

/**
 * How long to wait before an echo is judged, milliseconds; 0: no doubt. While nothing is known that
 * the user wrote before it, the message it may be the app's own answer to is perhaps still coming.
 */
export function waitForInbound(
  { sentAt, inboundTimes }: { sentAt: number; inboundTimes: (number | null)[] },
  now: number,
): number {
  const isKnown = inboundTimes.some((at) => at !== null && at <= sentAt);
  return isKnown ? 0 : Math.min(Math.max(sentAt + SETTLES_MS - now, 0), SETTLES_MS);
}

/** Whether the agent is silent in a chat at `now`. */
export const isPaused = (pausedUntil: number | null, now: number): boolean =>
  pausedUntil !== null && pausedUntil > now;
