import { setTimeout } from 'node:timers/promises';
import { openQueues } from '../../shared/queues/queue.ts';
import { PAIR_LIMIT } from '../../shared/rules/delivery/pair-limit.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openUnheardSends } from '../../shared/store/channel/unheard-sends.ts';
import { openTable } from '../../shared/store/table.ts';
import { openCallGates } from '../chain/call-gate.ts';
import { openBlockedChannels } from './blocked-channels.ts';
import { sendHandler } from './handler.ts';

const { TABLE_NAME = '' } = process.env;
const { OUTBOUND_QUEUE_URL = '', STATUSES_QUEUE_URL = '', NEWS_QUEUE_URL = '' } = process.env;
const { PARAMETER_PREFIX = '', REACH } = process.env;
const { PAIR_INTERVAL_MS, PROBE_INTERVAL_MS } = process.env;
const { outbound, ...queues } = openQueues({
  outbound: OUTBOUND_QUEUE_URL,
  statuses: STATUSES_QUEUE_URL,
  news: NEWS_QUEUE_URL,
});

// SLOTS: how many invocations of this function run at once; set by the stack and the local runtime.
const { SLOTS = '5' } = process.env;
const table = openTable(TABLE_NAME);
// Two settings that the stack leaves unset and tests make shorter (infra/local/tuning.ts).
// PAIR_INTERVAL_MS: how far apart messages to one visitor are once a burst is used up; by default as
// WhatsApp's pair limit wants it (shared/rules/delivery/pair-limit.ts).
// PROBE_INTERVAL_MS: how often a blocked channel's health is asked for; by default once a minute.
const pace = PAIR_INTERVAL_MS
  ? { ...PAIR_LIMIT, intervalMs: Number(PAIR_INTERVAL_MS) }
  : PAIR_LIMIT;
const clock = {
  now: () => Date.now(),
  chance: () => Math.random(),
  probeIntervalMs: Number(PROBE_INTERVAL_MS ?? 60_000),
};

export const handler = sendHandler(
  {
    table,
    gates: openCallGates({ table, pool: 'send', slots: Number(SLOTS), ...clock }),
    queues,
    secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
    reach: REACH === 'local' ? 'local' : 'public',
    pace,
    blockedChannels: openBlockedChannels(clock),
    noteSend: openUnheardSends(table, clock.now),
    pause: (ms) => setTimeout(ms),
    ...clock,
  },
  outbound,
);
