/** A longer wait would be no retry any more: jobs and turns that wait have limits of their own. */
const MAX_MS = 60 * 60 * 1000;

/**
 * How long `Retry-After` asks to wait, in milliseconds: seconds or a date (RFC 9110 §10.2.3), the
 * date measured against the answer's own `Date`, so that no clock of ours is needed. Null when the
 * header is missing or says nothing sensible.
 */
export function readRetryAfter(value: string | undefined, date?: string): number | null {
  if (value === undefined) return null;
  const waitMs = /^\s*\d+\s*$/.test(value)
    ? Number(value) * 1000
    : dateOf(value) - dateOf(date ?? '');
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), MAX_MS);
}

/** Each form of an HTTP date begins with the day's name; JavaScript would take `-1` and `1.5` for dates. */
const dateOf = (value: string): number =>
  /^\s*(mon|tue|wed|thu|fri|sat|sun)/i.test(value) ? Date.parse(value) : Number.NaN;
