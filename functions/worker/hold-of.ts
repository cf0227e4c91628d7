import type { Channel, ChannelHold } from '../../shared/contract/channel.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * The hold that keeps the agent from being asked; null: there is none. A cheap read may be older than the end
 * of a hold, so one that is seen is read again, consistently.
 */
export async function holdOf(
  { table }: Pick<WorkerDeps, 'table'>,
  { id, hold }: Pick<Channel, 'id' | 'hold'>,
): Promise<ChannelHold | null> {
  if (!hold) return null;
  const newest = await findChannel(table, id, { consistent: true });
  return newest?.hold ?? null;
}
