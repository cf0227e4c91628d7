import type { Channel } from '../../shared/contract/channel.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { markBlocked } from '../../shared/store/channel/channel-block.ts';
import { type Due, schedule, scheduleOnce } from '../../shared/store/due.ts';
import type { Table } from '../../shared/store/table.ts';

interface Probing {
  table: Table;
  now: () => number;
  /** How long a blocked channel waits from one look at its health to the next. */
  probeIntervalMs: number;
}

/**
 * PROTOCOLS 16.1 and 16.2: 360dialog refuses every message of this channel until the operator or the
 * provider changes something. The mark makes every reply wait. The probe is scheduled before it, so that
 * no mark stays for good; a probe that waits already keeps its time, however many messages are refused.
 */
export async function blockChannel(
  deps: Probing,
  channel: Channel,
  { code, reason }: { code: number; reason: string },
): Promise<void> {
  const { table, now } = deps;
  await scheduleOnce(table, probeOf(deps, channel.id), now());
  if (!(await markBlocked(table, channel, { code, reason, since: now() }))) return;
  count('channel-blocked');
  log.error('channel-blocked', { channel_id: channel.id, code });
}

/** Has the channel's health looked at an interval from now. */
export const scheduleProbe = (deps: Probing, channelId: string): Promise<void> =>
  schedule(deps.table, probeOf(deps, channelId));

/** At most one probe waits for each channel, however often one is scheduled: its id is the channel's. */
const probeOf = ({ now, probeIntervalMs }: Probing, channelId: string): Due => ({
  id: idOf('due', 'probe', channelId),
  at: now() + probeIntervalMs,
  job: { kind: 'probe', channel_id: channelId },
});
