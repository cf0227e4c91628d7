import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { answerAbout } from './answer-about.ts';
import { type ChannelRef, changeChannel } from './change-channel.ts';
import type { ChannelsDeps } from './deps.ts';

/** Turns a channel off. The provider keeps posting: the webhook answers 200 and drops (product.md C10). */
export async function deactivateChannel(
  deps: ChannelsDeps,
  ref: ChannelRef,
): Promise<ChannelAnswer> {
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => ({
    after: { channel: { ...channel, active: false }, secrets },
    askAgent: false,
    register: false,
  }));
  return answerAbout(deps, saved);
}
