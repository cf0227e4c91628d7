import { openQueues } from '../../shared/queues/queue.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { openCallGates } from '../chain/call-gate.ts';
import { newsHandler } from './handler.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH, NEWS_QUEUE_URL = '' } = process.env;
// SLOTS: how many invocations of this function run at once; set by the stack and the local runtime.
const { SLOTS = '5' } = process.env;
const table = openTable(TABLE_NAME);
const now = () => Date.now();
const chance = () => Math.random();

export const handler = newsHandler({
  table,
  gates: openCallGates({ table, pool: 'news', slots: Number(SLOTS), now, chance }),
  queues: openQueues({ news: NEWS_QUEUE_URL }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  reach: REACH === 'local' ? 'local' : 'public',
  now,
});
