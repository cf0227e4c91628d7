import { Failure } from '../../shared/kernel/failure.ts';
import type { ChannelsDeps } from './deps.ts';
import { type Loaded, loadChannel, requireVersion } from './load-channel.ts';
import { type Change, type Saved, saveChannel } from './save-channel.ts';
import { startTimeBudget } from './time-budget.ts';

/** Which channel, and which version of it the caller has seen (the `If-Match` header; null: none). */
export interface ChannelRef {
  channelId: string;
  ifMatch: string | null;
}

/** Edits of the same second are merged one after the other; more than this is not a coincidence. */
const MOST_ATTEMPTS = 5;

/**
 * Reads a channel, decides what it is to become, and saves that. Meets somebody else's change on the
 * way: decides again on top of it, unless the caller asked for a version, or the agent and the
 * provider have been waited for already. Throws `channel-unknown`, `version-conflict`.
 */
export async function changeChannel(
  deps: ChannelsDeps,
  { channelId, ifMatch }: ChannelRef,
  decide: (now: Loaded) => Omit<Change, 'before'>,
): Promise<Saved> {
  const timeBudget = startTimeBudget(deps);
  for (let attempt = 1; ; attempt++) {
    const now = await loadChannel(deps, channelId);
    requireVersion(now.channel, ifMatch);
    const saved = await saveChannel(deps, { before: now, ...decide(now) }, timeBudget);
    if (saved !== 'conflict') return saved;
    const mayTryAgain = timeBudget.leftMs() > deps.timeBudget.allMs / 2 && attempt < MOST_ATTEMPTS;
    if (ifMatch !== null || !mayTryAgain) {
      throw new Failure('version-conflict', { detail: 'Read the channel again and repeat it.' });
    }
  }
}
