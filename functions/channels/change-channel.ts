import { Failure } from '../../shared/kernel/failure.ts';
import { type ChannelRef, requireVersion } from './channel-ref.ts';
import type { ChannelsDeps } from './deps.ts';
import { type LoadedChannel, loadChannel } from './load-channel.ts';
import { type ChannelChange, type SavedChannel, saveChannel } from './save-channel.ts';
import { startTimeBudget } from './time-budget.ts';

/** Edits of the same second are merged one after the other. An edit that collides more often is refused. */
const MOST_ATTEMPTS = 5;

/**
 * Reads a channel, decides what it is to become, and saves that. When another request has changed the
 * channel meanwhile, it decides again on top of that change, unless the caller named a version or half
 * of the time for calls is used up. Throws `channel-unknown`, `version-conflict`, and as `saveChannel`.
 */
export async function changeChannel(
  deps: ChannelsDeps,
  ref: ChannelRef,
  decide: (now: LoadedChannel) => Omit<ChannelChange, 'before'>,
): Promise<SavedChannel> {
  const timeBudget = startTimeBudget(deps);
  for (let attempt = 1; ; attempt++) {
    const now = await loadChannel(deps, ref.channelId);
    requireVersion(now.channel, ref);
    const saved = await saveChannel(deps, { before: now, ...decide(now) }, timeBudget);
    if (saved !== 'conflict') return saved;
    const mayTryAgain = timeBudget.leftMs() > deps.timeLimits.allMs / 2 && attempt < MOST_ATTEMPTS;
    if (ref.ifMatch !== null || !mayTryAgain) {
      throw new Failure('version-conflict', { detail: 'Read the channel again and repeat it.' });
    }
  }
}
