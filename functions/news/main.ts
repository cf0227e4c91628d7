import { openQueues } from '../../shared/queues/queue.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { newsHandler } from './handler.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH, NEWS_QUEUE_URL = '' } = process.env;

export const handler = newsHandler({
  table: openTable(TABLE_NAME),
  queues: openQueues({ news: NEWS_QUEUE_URL }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  reach: REACH === 'local' ? 'local' : 'public',
  now: () => Date.now(),
});
