import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { ChannelCache } from '../../shared/store/channel/channel-cache.ts';
import type { LastSeenNotes } from '../../shared/store/channel/last-seen.ts';
import type { Table } from '../../shared/store/table.ts';
import type { CallGate } from '../chain/call-gate.ts';

/** What the stories of `news` touch; time is an argument like everything else. */
export interface NewsDeps {
  table: Table;
  /** Statuses are many: a channel's row may be a minute old for them. */
  channels: ChannelCache;
  /** When something last came for each channel, for the doctor. */
  lastSeen: LastSeenNotes;
  queues: Queues<'inbound' | 'outbound' | 'statuses'>;
  secrets: Secrets;
  /** Through which the job in hand calls the agent. */
  gate: CallGate;
  reach: Reach;
  /** How long a blocked channel waits from one look at its health to the next. */
  probeIntervalMs: number;
  /** Epoch milliseconds. */
  now: () => number;
}
