import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { ChannelCache } from '../../shared/store/channel/channel-cache.ts';
import type { LastSeenNotes } from '../../shared/store/channel/last-seen.ts';
import type { Table } from '../../shared/store/table.ts';
import type { ProbeTurns } from './probe-turns.ts';

/** What the stories of `statuses` touch; time is an argument like everything else. */
export interface StatusesDeps {
  table: Table;
  /** Statuses are many: a channel's row may be a minute old for them. */
  channels: ChannelCache;
  /** When each channel was last heard of, for the doctor. */
  lastSeen: LastSeenNotes;
  queues: Queues<'inbound' | 'outbound' | 'statuses' | 'news'>;
  /** The providers of blocked channels are asked with these. */
  secrets: Secrets;
  reach: Reach;
  /** Which invocation may ask providers, so that no other waits for one. */
  probeTurns: ProbeTurns;
  /** How long a blocked channel waits from one look at its health to the next. */
  probeIntervalMs: number;
  /** Epoch milliseconds. */
  now: () => number;
}
