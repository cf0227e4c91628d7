import type { Queues } from '../../shared/queues/queue.ts';
import type { Table } from '../../shared/store/table.ts';

/** What the sweep touches; time is an argument like everything else. */
export interface SweepDeps {
  table: Table;
  queues: Queues<'outbound' | 'statuses'>;
  /** How long the erasure of a channel waits before its second round. */
  settleMs: number;
  /** Finds channels that send and hear nothing of it; most of the time it does nothing. */
  lookForDark: () => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
}
