import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { answerAbout } from './answer-about.ts';
import { changeChannel } from './change-channel.ts';
import type { ChannelRef } from './channel-ref.ts';
import type { ChannelsDeps } from './deps.ts';

/**
 * Turns a channel on or off. On is what an edit with `active: true` does: the agent is asked whether it
 * is ready and the webhook is registered, also when the channel was active already. Off leaves the
 * provider as it is: it keeps posting, and the webhook answers 200 and drops what it gets, because
 * the provider repeats for days what is refused.
 */
export async function switchChannel(
  deps: ChannelsDeps,
  ref: ChannelRef,
  active: boolean,
): Promise<ChannelAnswer> {
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => ({
    after: { channel: { ...channel, active }, secrets },
    askAgent: active,
    register: active,
  }));
  return answerAbout(deps, saved);
}
