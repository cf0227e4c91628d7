import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { answerAbout } from './answer-about.ts';
import { type ChannelRef, changeChannel } from './change-channel.ts';
import type { ChannelsDeps } from './deps.ts';

/** Turns a channel on, or registers an active one again: what an edit with `active: true` does. */
export async function activateChannel(deps: ChannelsDeps, ref: ChannelRef): Promise<ChannelAnswer> {
  const saved = await changeChannel(deps, ref, ({ channel, secrets }) => ({
    after: { channel: { ...channel, active: true }, secrets },
    askAgent: true,
    register: true,
  }));
  return answerAbout(deps, saved);
}
