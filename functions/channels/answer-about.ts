import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { channelView } from '../../shared/rules/channel/channel-view.ts';
import type { ChannelsDeps } from './deps.ts';
import type { Loaded } from './load-channel.ts';
import type { Saved } from './save-channel.ts';
import { shownRow } from './shown-row.ts';

/** Every answer about one channel (docs/contract.md#operator-to-us). `shown`: secrets that are told only this once. */
export const answerAbout = (
  { publicUrl }: ChannelsDeps,
  { channel, secrets, warnings = [], replacedWebhook = null }: Loaded & Partial<Saved>,
  shown: Pick<ChannelAnswer, 'api_key' | 'agent_secret' | 'findings'> = {},
): ChannelAnswer => ({
  channel: channelView(shownRow(channel), secrets, publicUrl),
  ...shown,
  warnings,
  ...(replacedWebhook !== null && { replaced_webhook: replacedWebhook }),
});
