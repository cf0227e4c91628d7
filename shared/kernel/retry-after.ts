/** Longer than this is no longer a retry: whoever waits has limits of their own. */
const MAX_MS = 60 * 60 * 1000;

/**
 * How long `Retry-After` asks to wait, in milliseconds: seconds or a date (RFC 9110 §10.2.3), the
 * date measured against the answer's own `Date`, so that no clock of ours is needed. Null when the
 * header is missing or says nothing sensible.
 */
export function readRetryAfter(value: string | undefined, date?: string): number | null {
  if (value === undefined) return null;
  const seconds = /^\s*\d+\s*$/.test(value) ? Number(value) : null;
  const waitMs = seconds === null ? Date.parse(value) - Date.parse(date ?? '') : seconds * 1000;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), MAX_MS) : null;
}
