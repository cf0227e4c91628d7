import type { Chat } from '../../contract/chat.ts';

/** What the window is judged by. Times are epoch milliseconds. */
export type WindowRecord = Pick<Chat, 'last_inbound_at' | 'refuted_inbound_at'>;

/** WhatsApp's service window: 24 hours after the visitor's newest message (docs/360dialog.md#the-service-window). */
const WINDOW_MS = 24 * 60 * 60 * 1000;
/** We take it for closed a little early: clocks differ, and a refused message is worse than a late one. */
const MARGIN_MS = 30_000;

/**
 * When the window closes, or closed, epoch milliseconds; null when the visitor never wrote, or WhatsApp
 * has said since (131047) that the visitor's last message keeps it open no longer.
 */
export const windowClosesAt = ({
  last_inbound_at: at,
  refuted_inbound_at: refuted,
}: WindowRecord): number | null =>
  at === null || (refuted !== null && at <= refuted) ? null : at + WINDOW_MS;

/** Whether a free message may leave at `now`. Judge it at the instant of sending. */
export function isWindowOpen(record: WindowRecord, now: number): boolean {
  const closesAt = windowClosesAt(record);
  return closesAt !== null && now < closesAt - MARGIN_MS;
}

/**
 * The time a message counts from: WhatsApp's own, since a repeat may be days old; never the future,
 * and the time of receipt where WhatsApp names none.
 */
export const inboundTime = (sentAt: number | null, receivedAt: number): number =>
  Math.min(sentAt ?? receivedAt, receivedAt);
