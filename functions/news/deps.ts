import type { Reach } from '../../shared/kernel/http.ts';
import type { Queues } from '../../shared/queues/queue.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';

/** What the stories of `news` touch; time is an argument like everything else. */
export interface NewsDeps {
  table: Table;
  queues: Queues<'news'>;
  secrets: Secrets;
  reach: Reach;
  /** Epoch milliseconds. */
  now: () => number;
}
