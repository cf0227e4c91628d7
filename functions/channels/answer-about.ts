import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { channelView } from '../../shared/rules/channel/channel-view.ts';
import type { ChannelsDeps } from './deps.ts';
import type { LoadedChannel } from './load-channel.ts';
import { redactBlockReason } from './redact-block-reason.ts';
import type { SavedChannel } from './save-channel.ts';

/**
 * The answer of every story about one channel (docs/contract.md#answers-about-a-channel). `shown`: secrets that
 * are in this answer and in no later one, or what the doctor has found.
 */
export const answerAbout = (
  { publicUrl }: ChannelsDeps,
  {
    channel,
    secrets,
    warnings = [],
    replacedWebhook = null,
  }: LoadedChannel & Partial<SavedChannel>,
  shown: Pick<ChannelAnswer, 'api_key' | 'agent_secret' | 'findings' | 'asked'> = {},
): ChannelAnswer => ({
  channel: channelView(redactBlockReason(channel), secrets, publicUrl),
  ...shown,
  warnings,
  ...(replacedWebhook !== null && { replaced_webhook: replacedWebhook }),
});
