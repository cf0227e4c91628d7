import type { Channel } from '../../../shared/contract/channel.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { findChannel } from '../../../shared/store/channel/channels.ts';
import type { RequestsDeps } from '../deps.ts';

/**
 * Throws `channel-inactive` or `channel-held` for a channel whose agent would not be asked: a caller that wants
 * the agent to be asked must learn that. The row at hand may be older than an activation, or the end of a
 * hold, so it is read again before a caller is refused.
 */
export async function requireActive(
  { table, now }: Pick<RequestsDeps, 'table' | 'now'>,
  { id, active, hold }: Channel,
): Promise<void> {
  if (active && !hold) return;
  const newest = await findChannel(table, id, { consistent: true, now: now() });
  if (!newest?.active) {
    throw new Failure('channel-inactive', { detail: 'Activate the channel and ask again.' });
  }
  if (newest.hold) {
    throw new Failure('channel-held', { detail: 'Ask again when the channel is resumed.' });
  }
}
