import { openQueues } from '../../shared/queues/queue.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openChannelCache } from '../../shared/store/channel/channel-cache.ts';
import { openLastSeen } from '../../shared/store/channel/last-seen.ts';
import { openTable } from '../../shared/store/table.ts';
import { statusesHandler } from './handler.ts';
import { openProbeTurns } from './probe-turns.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH, PROBE_INTERVAL_MS } = process.env;
const { INBOUND_QUEUE_URL = '', OUTBOUND_QUEUE_URL = '' } = process.env;
const { STATUSES_QUEUE_URL = '', NEWS_QUEUE_URL = '' } = process.env;
const table = openTable(TABLE_NAME);
const now = () => Date.now();

export const handler = statusesHandler({
  table,
  channels: openChannelCache(table, now),
  lastSeen: openLastSeen(table, now),
  queues: openQueues({
    inbound: INBOUND_QUEUE_URL,
    outbound: OUTBOUND_QUEUE_URL,
    statuses: STATUSES_QUEUE_URL,
    news: NEWS_QUEUE_URL,
  }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  reach: REACH === 'local' ? 'local' : 'public',
  probeTurns: openProbeTurns(table, now),
  // PROBE_INTERVAL_MS: how long a blocked channel waits from one look at its health to the next. By
  // default a minute; the stack does not set it, the local runtime may (`probeIntervalMs`).
  probeIntervalMs: Number(PROBE_INTERVAL_MS ?? 60_000),
  now,
});
