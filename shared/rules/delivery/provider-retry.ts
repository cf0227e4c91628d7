import type { AfterRefusal } from '../../contract/delivery.ts';

/** Attempts at something that may never work, the first one included. */
const FEW_ATTEMPTS = 4;

const PAIR_LIMIT = 131056;
/** Limits of a whole account are counted by the hour: asking again within a minute is no use. */
const ACCOUNT_LIMITS = [4, 80007];

/** A part that the provider refused for now. */
export interface Refused {
  /** The provider's code, or its HTTP status. */
  code: number;
  next: Extract<AfterRefusal, 'retry' | 'retry-few'>;
  /** Requests made for this part, the refused one included. */
  attempts: number;
  /** What the answer's `Retry-After` asks for, in milliseconds. */
  retryAfterMs: number | null;
  /** Chance, from 0 to 1: replies that were refused together should not come back together. */
  jitter: number;
}

/**
 * How long to wait before a refused part is tried again, in milliseconds; null: no more.
 * The pair limit waits 4^n seconds from n = 0 (docs/360dialog.md#error-codes), others double; `Retry-After` is
 * honoured; chance only ever makes a wait longer. Only `retry-few` ends by itself: how long a reply
 * may wait altogether is the channel's `max_wait_minutes`.
 */
export function waitAfterRefusal({
  code,
  next,
  attempts,
  retryAfterMs,
  jitter,
}: Refused): number | null {
  if (next === 'retry-few' && attempts >= FEW_ATTEMPTS) return null;
  const waitMs = Math.max(retryAfterMs ?? 0, ownWaitMs(code, attempts - 1));
  return Math.round(waitMs * (1 + jitter / 4));
}

function ownWaitMs(code: number, earlier: number): number {
  // After 256 s a whole burst of 45 is paid back at one message in 6 s: waiting longer gains nothing.
  if (code === PAIR_LIMIT) return 4 ** Math.min(earlier, 4) * 1_000;
  if (ACCOUNT_LIMITS.includes(code)) return Math.min(60_000 * 2 ** Math.min(earlier, 4), 600_000);
  return Math.min(1_000 * 2 ** Math.min(earlier, 6), 60_000);
}
