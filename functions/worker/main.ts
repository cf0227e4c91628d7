import { randomBytes } from 'node:crypto';
import { openQueues } from '../../shared/queues/queue.ts';
import { openMediaKey } from '../../shared/secrets/media-key.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openChannelCache } from '../../shared/store/channel-cache.ts';
import { openPulses } from '../../shared/store/pulses.ts';
import { openTable } from '../../shared/store/table.ts';
import type { WorkerDeps } from './deps.ts';
import { inboundHandler, statusesHandler } from './handler.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH, MEDIA_URL = '' } = process.env;
const { PROBE_INTERVAL_MS } = process.env;
const { INBOUND_QUEUE_URL = '', OUTBOUND_QUEUE_URL = '', STATUSES_QUEUE_URL = '' } = process.env;
const table = openTable(TABLE_NAME);
const now = () => Date.now();

const deps: WorkerDeps = {
  table,
  channels: openChannelCache(table, now),
  pulses: openPulses(table, now),
  queues: openQueues({
    inbound: INBOUND_QUEUE_URL,
    outbound: OUTBOUND_QUEUE_URL,
    statuses: STATUSES_QUEUE_URL,
  }),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  mediaKey: openMediaKey({ prefix: PARAMETER_PREFIX }),
  mediaUrl: MEDIA_URL,
  reach: REACH === 'local' ? 'local' : 'public',
  // Set by tests alone.
  probeIntervalMs: Number(PROBE_INTERVAL_MS ?? 60_000),
  now,
  newChatId: () => randomBytes(20).toString('hex'),
};

export const inbound = inboundHandler(deps);
export const statuses = statusesHandler(deps);
