import { Failure } from '../../shared/kernel/failure.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { type Pace, takeSlot } from '../../shared/rules/delivery/pair-limit.ts';

/**
 * One channel's calls: 25 a second, 250 at once. Counted by each running function for itself: a first
 * hold on one caller that has lost its brakes, before the limit of the whole API is used up.
 */
export const CALLS: Pace = { intervalMs: 40, burst: 250 };
/** Wrong secrets: each costs two reads of the table, since a fresh one may not be seen by the first. */
export const GUESSES: Pace = { intervalMs: 200, burst: 20 };

/** Throws `rate-limited` with the seconds to wait when a channel's callers are too fast. */
export type Throttle = (channelId: string) => void;

/** More channels than one function serves; a bound all the same. */
const MOST_KEPT = 1_000;

export function openThrottle(pace: Pace, now: () => number): Throttle {
  const paceAt = new Map<string, number>();
  return (channelId) => {
    const slot = takeSlot(paceAt.get(channelId) ?? null, now(), pace);
    if ('waitMs' in slot) {
      count('request-throttled');
      throw new Failure('rate-limited', {
        detail: 'Wait as long as Retry-After says, then go on more slowly.',
        retryAfterSeconds: Math.max(Math.ceil(slot.waitMs / 1000), 1),
      });
    }
    paceAt.delete(channelId);
    paceAt.set(channelId, slot.paceAt);
    const [oldest] = paceAt.keys();
    if (paceAt.size > MOST_KEPT && oldest !== undefined) paceAt.delete(oldest);
  };
}
