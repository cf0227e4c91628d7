import type { ChannelOptions } from '../../contract/channel-options.ts';
import type { Chat } from '../../contract/chat.ts';
import type { Reply } from '../../contract/reply.ts';

/** What becomes of a reply that finds the window closed (docs/contract.md#the-closed-window). */
export type ClosedWindowPolicy =
  | { kind: 'refuse' }
  /** The channel's fallback template goes, and the reply ends. */
  | { kind: 'template' }
  /** It waits until the visitor writes. */
  | {
      kind: 'park';
      /** The fallback template goes meanwhile, and asks the visitor to. */
      asks: boolean;
      /** Also for a visitor who never wrote, but was sent the notification that the reply answers. */
      evenIfNeverWrote: boolean;
    };

/**
 * The reply's own wish, else the channel's. An answer to a notification (`parkIfClosed`) is parked, unless it
 * wants to be refused itself; without a template named, `template` can only refuse.
 */
export function closedWindowPolicy(
  wish: Reply['if_window_closed'] | null,
  options: Pick<ChannelOptions, 'if_window_closed' | 'fallback_template'>,
  { parkIfClosed }: { parkIfClosed: boolean },
): ClosedWindowPolicy {
  const asks = options.fallback_template !== null;
  if (parkIfClosed)
    return wish === 'refuse' ? { kind: wish } : park({ asks: false, evenIfNeverWrote: true });
  switch (wish ?? options.if_window_closed) {
    case 'refuse':
      return { kind: 'refuse' };
    case 'template':
      return { kind: asks ? 'template' : 'refuse' };
    case 'park':
      return park({ asks, evenIfNeverWrote: false });
  }
}

const park = (how: { asks: boolean; evenIfNeverWrote: boolean }) => ({
  kind: 'park' as const,
  ...how,
});

/**
 * Whether the fallback template has gone already. Under `template` it goes once for each answer, under
 * `park` once for each closed window, until the visitor writes (PROTOCOLS 19).
 */
export const hasAsked = (
  { fallback, last_inbound_at: lastInboundAt }: Pick<Chat, 'fallback' | 'last_inbound_at'>,
  turnId: string,
  policy: 'template' | 'park',
): boolean =>
  fallback !== null &&
  (policy === 'park' ? fallback.inbound_at === lastInboundAt : fallback.turn_id === turnId);
