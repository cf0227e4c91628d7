import { openQueues } from '../../shared/queues/queue.ts';
import { openTable } from '../../shared/store/table.ts';
import { sweepHandler } from './handler.ts';

const { TABLE_NAME = '', OUTBOUND_QUEUE_URL = '', STATUSES_QUEUE_URL = '' } = process.env;

/** Runs each minute: what has become due becomes a job. */
export const handler = sweepHandler({
  table: openTable(TABLE_NAME),
  queues: openQueues({ outbound: OUTBOUND_QUEUE_URL, statuses: STATUSES_QUEUE_URL }),
  now: () => Date.now(),
});
