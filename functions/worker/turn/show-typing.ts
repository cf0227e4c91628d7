import type { Channel } from '../../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import { showPresence } from '../../../shared/dialog360/presence.ts';
import type { WorkerDeps } from '../deps.ts';

/** WhatsApp shows the indicator for 25 s (docs/360dialog.md#read-receipts-and-typing). */
const AGAIN_MS = 20_000;
const TIMEOUT_MS = 3_000;

/**
 * While the agent thinks, the visitor sees the message as read and a typing indicator. Returns the
 * function that stops it; that one resolves once no call is under way. A call that fails changes
 * nothing for the turn.
 */
export function showTyping(
  { reach }: WorkerDeps,
  channel: Channel,
  { token }: ChannelSecrets,
  messageId: string,
): () => Promise<void> {
  const { hosting, base_url, options } = channel;
  if (options.typing_indicator === 'off') return async () => {};
  // The old API can only mark as read (docs/360dialog.md#read-receipts-and-typing), and once is enough
  // for that.
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
