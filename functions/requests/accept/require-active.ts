import type { Channel } from '../../../shared/contract/channel.ts';
import { Failure } from '../../../shared/kernel/failure.ts';

/**
 * Throws `channel-inactive` for a channel whose agent would not be asked: a caller that wants the agent
 * to be asked must learn that.
 */
export function requireActive({ active }: Channel): void {
  if (active) return;
  throw new Failure('channel-inactive', { detail: 'Activate the channel and ask again.' });
}
