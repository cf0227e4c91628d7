import type { Channel } from '../../shared/contract/channel.ts';
import { providerWords } from '../../shared/dialog360/provider-words.ts';

/** A row for an operator's eyes: the provider's words in it cut short, without addresses and numbers. */
export function shownRow(channel: Channel): Channel {
  const { blocked } = channel;
  if (!blocked) return channel;
  const reason = providerWords({ detail: blocked.reason }) ?? '';
  return { ...channel, blocked: { ...blocked, reason } };
}
