import { openQueues } from '../../shared/queues/queue.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { sendHandler } from './handler.ts';

const { TABLE_NAME = '', OUTBOUND_QUEUE_URL = '', STATUSES_QUEUE_URL = '' } = process.env;
const { PARAMETER_PREFIX = '', REACH } = process.env;
const { outbound, statuses } = openQueues({
  outbound: OUTBOUND_QUEUE_URL,
  statuses: STATUSES_QUEUE_URL,
});

export const handler = sendHandler(
  {
    table: openTable(TABLE_NAME),
    queues: { statuses },
    secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
    reach: REACH === 'local' ? 'local' : 'public',
    now: () => Date.now(),
    chance: () => Math.random(),
  },
  outbound,
);
