import type { Channel } from '../../shared/contract/channel.ts';
import { lookAgainMs } from '../../shared/rules/channel/look-again.ts';

/**
 * What this instance of the function remembers of channels that it has seen blocked: thousands of their
 * jobs must not cost the jobs of other channels the time of as many reads (PROTOCOLS 16.3).
 */
export interface BlockedChannels {
  /** A look at the channel's row has found it so. */
  note(channel: Pick<Channel, 'id' | 'blocked' | 'options'>): void;
  /**
   * How long a job of a channel that was seen blocked a moment ago is put off, in milliseconds. Null: it is
   * to be looked at, because nothing is remembered, or because it has waited `max_wait_minutes` since
   * `since` (epoch milliseconds) and may have to end.
   */
  putOff(channelId: string, since: number): number | null;
}

/** What is remembered lasts for a sixth of the time between two looks: ten seconds. */
const REMEMBERED_PART = 1 / 6;
/** Far more blocked channels than one instance serves, but a bound. */
const MOST_REMEMBERED = 1_000;

interface Clock {
  now: () => number;
  /** From 0 to 1. */
  chance: () => number;
  /** How long a blocked channel waits from one look at its health to the next. */
  probeIntervalMs: number;
}

export function openBlockedChannels({ now, chance, probeIntervalMs }: Clock): BlockedChannels {
  const seen = new Map<string, { until: number; maxWaitMs: number }>();
  return {
    note({ id, blocked, options }) {
      seen.delete(id);
      if (!blocked) return;
      const until = now() + probeIntervalMs * REMEMBERED_PART;
      seen.set(id, { until, maxWaitMs: options.max_wait_minutes * 60_000 });
      const [oldest] = seen.keys();
      if (seen.size > MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
    },
    putOff(channelId, since) {
      const found = seen.get(channelId);
      if (!found || found.until <= now()) return null;
      const leftMs = since + found.maxWaitMs - now();
      return leftMs > 0 ? Math.min(lookAgainMs(probeIntervalMs, chance()), leftMs) : null;
    },
  };
}
