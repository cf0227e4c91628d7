import type { Channel } from '../../../shared/contract/channel.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { findChannel } from '../../../shared/store/channel/channels.ts';
import type { RequestsDeps } from '../deps.ts';

/**
 * Throws `channel-inactive` for a channel whose agent would not be asked: a caller that wants the agent
 * to be asked must learn that. The row at hand may be older than an activation, so it is read again
 * before a caller is refused.
 */
export async function requireActive(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  { id, active }: Channel,
): Promise<void> {
  if (active) return;
  const newest = await findChannel(table, id, { consistent: true, now: now() });
  if (newest?.active) return;
  throw new Failure('channel-inactive', { detail: 'Activate the channel and ask again.' });
}
