import { openQueues } from '../../shared/queues/queue.ts';
import { openChannelCache } from '../../shared/store/channel/channel-cache.ts';
import { openTable } from '../../shared/store/table.ts';
import { webhookHandler } from './handler.ts';

const { TABLE_NAME = '', INBOUND_QUEUE_URL = '', STATUSES_QUEUE_URL = '' } = process.env;
const now = () => Date.now();

export const handler = webhookHandler({
  channels: openChannelCache(openTable(TABLE_NAME), now),
  queues: openQueues({ inbound: INBOUND_QUEUE_URL, statuses: STATUSES_QUEUE_URL }),
  now,
});
