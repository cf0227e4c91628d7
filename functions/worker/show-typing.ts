import type { Channel } from '../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../shared/contract/channel-secrets.ts';
import { showPresence } from '../../shared/dialog360/presence.ts';
import type { WorkerDeps } from './deps.ts';

/** WhatsApp shows it for 25 s. */
const AGAIN_MS = 20_000;
const TIMEOUT_MS = 3_000;

/**
 * While the agent thinks, the visitor sees that the message was read and that somebody is typing
 * (product.md B14). Returns what stops it; resolves once nothing is under way any more. Its failure
 * never matters.
 */
export function showTyping(
  { reach }: WorkerDeps,
  channel: Channel,
  { token }: ChannelSecrets,
  messageId: string,
): () => Promise<void> {
  const { hosting, base_url, options } = channel;
  if (options.typing_indicator === 'off') return async () => {};
  // The old API knows reading only (docs/360dialog.md#read-receipts-and-typing), and once is enough for that.
  const typing = options.typing_indicator === 'on' && hosting !== 'on-premise';
  const show = () =>
    showPresence(
      { hosting, base_url, token },
      { messageId, typing },
      { reach, timeoutMs: TIMEOUT_MS },
    );

  let underWay = show();
  const again = typing
    ? setInterval(() => {
        underWay = show();
      }, AGAIN_MS)
    : undefined;
  return () => {
    clearInterval(again);
    return underWay;
  };
}
