import { openQueues } from '../../shared/queues/queue.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openChannelCache } from '../../shared/store/channel/channel-cache.ts';
import { openLastSeen } from '../../shared/store/channel/last-seen.ts';
import { openTable } from '../../shared/store/table.ts';
import { newsHandler } from './handler.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH, PROBE_INTERVAL_MS } = process.env;
const { INBOUND_QUEUE_URL = '', OUTBOUND_QUEUE_URL = '', STATUSES_QUEUE_URL = '' } = process.env;
const table = openTable(TABLE_NAME);
const now = () => Date.now();

export const handler = newsHandler({
  table,
  channels: openChannelCache(table, now),
  lastSeen: openLastSeen(table, now),
  queues: openQueues({
    inbound: INBOUND_QUEUE_URL,
    outbound: OUTBOUND_QUEUE_URL,
    statuses: STATUSES_QUEUE_URL,
  }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  reach: REACH === 'local' ? 'local' : 'public',
  // PROBE_INTERVAL_MS: how often a blocked channel's health is asked for, by default once a minute.
  // The stack leaves it unset; tests make it shorter (infra/local/tuning.ts).
  probeIntervalMs: Number(PROBE_INTERVAL_MS ?? 60_000),
  now,
});
