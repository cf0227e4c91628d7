import type { Channel } from '../../shared/contract/channel.ts';
import { providerWords } from '../../shared/dialog360/provider-words.ts';

/**
 * The row as an operator may see it: where the provider has blocked the channel, its reason is cut
 * short and has no addresses, keys and numbers, because it may repeat what we sent.
 */
export function redactBlockReason(channel: Channel): Channel {
  const { blocked } = channel;
  if (!blocked) return channel;
  const reason = providerWords({ detail: blocked.reason }) ?? '';
  return { ...channel, blocked: { ...blocked, reason } };
}
