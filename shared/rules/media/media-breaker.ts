import type { FailureCode } from '../../kernel/failure.ts';

/** After how many error answers of the provider, within which time, the media function asks no more. */
export interface Breaker {
  limit: number;
  windowMs: number;
}

/**
 * The provider blocks a number's files for 30 minutes after 20 error answers within 60 minutes
 * (docs/360dialog.md#media). Half of that, because functions that ask at the same moment do not know of
 * each other's errors yet.
 */
export const MEDIA_BREAKER: Breaker = { limit: 10, windowMs: 60 * 60_000 };

/** What a caller was told about a file, and until when every caller is told the same. */
export interface MissedFile {
  code: Extract<FailureCode, 'media-gone' | 'media-refused' | 'media-unavailable'>;
  /** Epoch milliseconds. */
  until: number;
}

/** What went wrong lately when files of a channel were fetched. */
export interface MediaMisses {
  /** Error answers, by the number of the period they fell into. */
  errors: Record<number, number>;
  /** Epoch milliseconds; 0: the provider has not asked us to wait. */
  blockedUntil: number;
  /** By media id. */
  files: Record<string, MissedFile>;
}

/** The window is counted in twelfths, so that an error is added without reading the counts first. */
const PERIODS = 12;

const periodMs = ({ windowMs }: Breaker) => windowMs / PERIODS;

/** The number of the period in which an error at `now` (epoch milliseconds) is counted. */
export const periodOf = (now: number, breaker: Breaker): number =>
  Math.floor(now / periodMs(breaker));

/** When nothing of a period is in the window any more, epoch milliseconds. */
const leavesAt = (period: number, breaker: Breaker): number =>
  (period + 1) * periodMs(breaker) + breaker.windowMs;

/** How long the provider must not be asked for any file of the channel, in milliseconds; 0: it may be. */
export function breakerWaitMs(misses: MediaMisses, now: number, breaker: Breaker): number {
  const counted = Object.entries(misses.errors)
    .map(([period, errors]) => ({ until: leavesAt(Number(period), breaker), errors }))
    .sort((a, b) => a.until - b.until);
  let left = counted.reduce((sum, { errors }) => sum + errors, 0);
  let opensAt = 0;
  for (const { until, errors } of counted) {
    if (left < breaker.limit) break;
    left -= errors;
    opensAt = until;
  }
  return Math.max(opensAt, misses.blockedUntil, now) - now;
}

/** Periods and files that no longer count: the next write takes them out of the item. */
export function outlivedMisses(
  { errors, files }: MediaMisses,
  now: number,
  breaker: Breaker,
): { periods: number[]; files: string[] } {
  return {
    periods: Object.keys(errors)
      .map(Number)
      .filter((period) => leavesAt(period, breaker) <= now),
    files: Object.entries(files).flatMap(([id, { until }]) => (until <= now ? id : [])),
  };
}
