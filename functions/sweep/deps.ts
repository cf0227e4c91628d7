import type { Queue } from '../../shared/queues/queue.ts';
import type { Table } from '../../shared/store/table.ts';

/** What the sweep touches. */
export interface SweepDeps {
  table: Table;
  queues: { outbound: Queue; statuses: Queue };
  /** Epoch milliseconds. */
  now: () => number;
}
