import type { DeadLetter } from '../../shared/contract/dead-letter.ts';
import type { AnyQueue } from '../../shared/queues/queue.ts';
import type { Table } from '../../shared/store/table.ts';

/** Where jobs come from, and where those go that cannot be done. */
export interface Source {
  name: DeadLetter['queue'];
  queue: AnyQueue;
  table: Table;
  now: () => number;
}
