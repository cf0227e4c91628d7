import { Failure } from '../../shared/kernel/failure.ts';
import { keepNewest } from '../../shared/kernel/keep-newest.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { keepPace, type Pace } from '../../shared/rules/delivery/pair-limit.ts';

/**
 * The calls of one channel: 25 a second, 250 at once. Each running function counts for itself. It slows
 * down a caller that has run wild before that caller uses up the limit of the whole API.
 */
export const CALLS: Pace = { intervalMs: 40, burst: 250 };
/** Wrong secrets: each costs two reads of the table, because the first may not see a fresh secret. */
export const GUESSES: Pace = { intervalMs: 200, burst: 20 };

/** Throws `rate-limited` with the seconds to wait when the callers of a channel are too fast. */
export type Throttle = (channelId: string) => void;

/** More channels than one function serves. */
const MOST_KEPT = 1_000;

export function openThrottle(pace: Pace, now: () => number): Throttle {
  const paceAt = new Map<string, number>();
  return (channelId) => {
    const next = keepPace(paceAt.get(channelId) ?? null, now(), pace);
    if ('waitMs' in next) {
      count('request-throttled');
      throw new Failure('rate-limited', {
        detail: 'Wait as long as Retry-After says, then go on more slowly.',
        retryAfterSeconds: Math.max(Math.ceil(next.waitMs / 1000), 1),
      });
    }
    keepNewest(paceAt, channelId, next.paceAt, MOST_KEPT);
  };
}
