import type { Chat } from '../../contract/chat.ts';

/** Sooner than this after a message, the app itself answered: a greeting or an away message. */
const AUTO_REPLY_MS = 5_000;
/** Webhooks overtake each other: the message that an echo answers may be read this much after it. */
const SETTLES_MS = 10_000;

/**
 * Until when the agent is silent after a person answered the visitor from the WhatsApp Business app,
 * epoch milliseconds; null: it was the app's auto-reply, or the channel does not pause. Counted from
 * the person's own message, so that a repeat days later pauses nothing.
 */
export function pauseAfterHuman({
  sentAt,
  inboundTimes,
  pauseMinutes,
}: {
  sentAt: number;
  /** When the visitor wrote, the last few times: the auto-reply may be to any of them. */
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
 * How long to wait before an echo (a message sent from the app) is judged, milliseconds; 0: no doubt.
 * While no message of the visitor's from before it is known, one that the app answered by itself may
 * still be on its way.
 */
export function waitForInbound(
  { sentAt, inboundTimes }: { sentAt: number; inboundTimes: (number | null)[] },
  now: number,
): number {
  const isKnown = inboundTimes.some((at) => at !== null && at <= sentAt);
  return isKnown ? 0 : Math.min(Math.max(sentAt + SETTLES_MS - now, 0), SETTLES_MS);
}

/** What a pause is judged by. */
export type PauseRecord = Pick<Chat, 'paused_until' | 'control'>;

/**
 * For whom the agent is silent in a chat at `now`: Meta's own agent, until WhatsApp says otherwise; a
 * person of the business (or whom a caller paused it for) until a time; null: it is not silent. Neither
 * ends the other.
 */
export function silencedBy({ paused_until, control }: PauseRecord, now: number) {
  if (control?.holder === 'meta') return 'meta' as const;
  return paused_until !== null && paused_until > now ? ('human' as const) : null;
}

/** Whether the agent is silent in a chat at `now`. */
export const isPaused = (chat: PauseRecord, now: number): boolean => silencedBy(chat, now) !== null;
