import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { answerAbout } from './answer-about.ts';
import type { ChannelsDeps } from './deps.ts';
import { loadChannel } from './load-channel.ts';

/** One channel as it is now. Throws `channel-unknown`. */
export const showChannel = async (deps: ChannelsDeps, channelId: string): Promise<ChannelAnswer> =>
  answerAbout(deps, await loadChannel(deps, channelId));
