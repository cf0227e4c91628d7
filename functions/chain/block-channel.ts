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
  /** How long a blocked channel is left alone before it is looked at again. */
  probeIntervalMs: number;
}

/**
 * PROTOCOLS 16.1 and 16.2: 360dialog refuses everything of this channel until somebody does something.
 * The mark makes every reply wait; the probe comes first, so that no mark stays for good, and one that
 * waits already keeps its time, however many are refused meanwhile.
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

/** The channel is looked at once more, an interval from now. */
export const scheduleProbe = (deps: Probing, channelId: string): Promise<void> =>
  schedule(deps.table, probeOf(deps, channelId));

/** One probe waits for each channel, however often it is asked for. */
const probeOf = ({ now, probeIntervalMs }: Probing, channelId: string): Due => ({
  id: idOf('due', 'probe', channelId),
  at: now() + probeIntervalMs,
  job: { kind: 'probe', channel_id: channelId },
});
