import { openQueues } from '../../shared/queues/queue.ts';
import { openTable } from '../../shared/store/table.ts';
import { openDarkLook } from './find-dark-webhooks.ts';
import { sweepHandler } from './handler.ts';

const { TABLE_NAME = '', OUTBOUND_QUEUE_URL = '', STATUSES_QUEUE_URL = '' } = process.env;
const { ERASE_SETTLE_MS } = process.env;

const table = openTable(TABLE_NAME);
const now = () => Date.now();

/** Runs each minute: what has become due becomes a job. */
export const handler = sweepHandler({
  table,
  queues: openQueues({ outbound: OUTBOUND_QUEUE_URL, statuses: STATUSES_QUEUE_URL }),
  // ERASE_SETTLE_MS: longer than any function runs (infra/functions.ts) and than a row of a channel is kept
  // in memory. The stack does not set it, the local runtime may (`eraseSettleMs`).
  settleMs: Number(ERASE_SETTLE_MS ?? 5 * 60_000),
  lookForDark: openDarkLook(table, now),
  now,
});
