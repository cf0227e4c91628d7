import type { RefusalCode } from '../../contract/delivery.ts';
import type { ClosedWindowPolicy } from '../window/closed-window.ts';
import { isWindowOpen, type WindowRecord } from '../window/window.ts';

/** What becomes of a part at the instant before it leaves. */
export type ReplyRoute =
  | { kind: 'go' }
  | { kind: 'refused'; code: RefusalCode; reason: string }
  /** Its own time was up before it could go. */
  | { kind: 'expired'; code: 'expired'; reason: string }
  /** The channel's fallback template goes instead. */
  | { kind: 'template' }
  /** It waits until the visitor writes. `asks`: the fallback template goes meanwhile. */
  | { kind: 'park'; asks: boolean };

const SILENCED = {
  human: 'A person has taken the chat over.',
  meta: 'Meta’s own agent has the conversation, and a message would take it away.',
};

/** What a part is judged by, at the instant before it leaves. Times are epoch milliseconds. */
export interface Circumstances {
  channelActive: boolean;
  /** False for templates: they go at any time. */
  needsWindow: boolean;
  /** Who has the chat, where this is an automatic reply: a person, or Meta's own agent. */
  silenced: keyof typeof SILENCED | null;
  window: WindowRecord;
  acceptedAt: number;
  /** `valid_for` of the reply. */
  validForSeconds: number | null;
  policy: ClosedWindowPolicy;
  /** The visitor wants no more, of whatever kind: no template goes instead, and no reply is parked. */
  optedOut: boolean;
  /** It is a template of a kind that the visitor wants no more of. */
  unwanted: boolean;
  /** As many replies wait for the visitor as may. */
  parkFull: boolean;
  now: number;
}

/**
 * Whether a part may leave now, and what becomes of it when it may not. Asked at the instant of
 * sending: a window that was open when the agent answered may have closed since.
 */
export function routeReply(at: Circumstances): ReplyRoute {
  if (!at.channelActive) return refused('channel-inactive', 'The channel is not active.');
  if (at.silenced) return refused('chat-paused', SILENCED[at.silenced]);
  if (at.validForSeconds !== null && at.now >= at.acceptedAt + at.validForSeconds * 1000) {
    const reason = 'It was valid for a shorter time than it waited.';
    return { kind: 'expired', code: 'expired', reason };
  }
  if (!at.needsWindow) {
    return at.unwanted
      ? refused('opted-out', 'The visitor wants no such messages.')
      : { kind: 'go' };
  }
  return isWindowOpen(at.window, at.now) ? { kind: 'go' } : routeWhenClosed(at);
}

function routeWhenClosed({ window, policy, optedOut, parkFull }: Circumstances): ReplyRoute {
  const neverWrote = window.last_inbound_at === null;
  if (neverWrote && !(policy.kind === 'park' && policy.evenIfNeverWrote)) {
    return refused('never-wrote', whyClosed(window));
  }
  if (policy.kind === 'refuse') return refused('window-closed', whyClosed(window));
  if (optedOut) {
    return refused(
      'opted-out',
      'The visitor wants no messages but answers, and the window is closed.',
    );
  }
  if (policy.kind === 'template') return { kind: 'template' };
  if (parkFull)
    return refused('park-full', 'As many replies as may wait for this visitor already do.');
  return { kind: 'park', asks: policy.asks };
}

/** Why nothing but a template may go. */
export function whyClosed({ last_inbound_at: at, refuted_inbound_at: refuted }: WindowRecord) {
  if (at === null) return 'The visitor never wrote, so only a template may go.';
  return refuted !== null && at <= refuted
    ? 'WhatsApp says that the 24 hours after the visitor’s last message are over: only a template may go.'
    : 'The visitor last wrote more than 24 hours ago, so only a template may go.';
}

const refused = (code: RefusalCode, reason: string): ReplyRoute => ({
  kind: 'refused',
  code,
  reason,
});
