import type { RefusalCode } from '../contract/delivery.ts';
import { isWindowOpen } from './window.ts';

export type Route =
  | { go: true }
  | { go: false; code: RefusalCode; reason: string }
  /** Its own time was up before it could go. */
  | { go: false; code: 'expired'; reason: string };

/** What a part is judged by, at the instant before it leaves. Times are epoch milliseconds. */
export interface Circumstances {
  channelActive: boolean;
  /** False for templates: they go at any time. */
  needsWindow: boolean;
  /** True: a person has the chat, and this is an automatic reply. */
  silenced: boolean;
  lastInboundAt: number | null;
  acceptedAt: number;
  /** `valid_for` of the reply. */
  validForSeconds: number | null;
  now: number;
}

/** Whether a part may leave now (product.md B6, B7). */
export function routeReply(at: Circumstances): Route {
  if (!at.channelActive) {
    return { go: false, code: 'channel-inactive', reason: 'The channel is not active.' };
  }
  if (at.silenced) {
    return { go: false, code: 'chat-paused', reason: 'A person has taken the chat over.' };
  }
  if (at.validForSeconds !== null && at.now >= at.acceptedAt + at.validForSeconds * 1000) {
    return {
      go: false,
      code: 'expired',
      reason: 'It was valid for a shorter time than it waited.',
    };
  }
  if (at.needsWindow && !isWindowOpen(at.lastInboundAt, at.now)) {
    if (at.lastInboundAt === null) {
      const reason = 'The user never wrote, so only a template may go.';
      return { go: false, code: 'never-wrote', reason };
    }
    const reason = 'The user last wrote more than 24 hours ago, so only a template may go.';
    return { go: false, code: 'window-closed', reason };
  }
  return { go: true };
}
