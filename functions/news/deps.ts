import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';
import type { CallGate } from '../chain/call-gate.ts';

/** What the stories of `news` touch; time is an argument like everything else. */
export interface NewsDeps {
  table: Table;
  queues: Queues<'news'>;
  secrets: Secrets;
  /** Through which the job in hand calls the agent. */
  gate: CallGate;
  reach: Reach;
  /** Epoch milliseconds. */
  now: () => number;
}
