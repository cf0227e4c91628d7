import type { InboundItem } from '../../contract/inbound-item.ts';
import { hashOf } from '../../kernel/hash.ts';
import { visitorName } from './visitor-name.ts';

/** What people did: it travels in `inbound.fifo`. */
export type Queued = Exclude<InboundItem, { kind: 'notice' | 'status' | 'payment' }>;

/** The group of an item in `inbound.fifo`: what one visitor does is worked on in order. */
export const itemGroup = (channelId: string, item: Queued): string =>
  hashOf(channelId, whose(item));

function whose(item: Queued): string {
  switch (item.kind) {
    case 'message':
      return visitorName(item.message.from);
    case 'human-message':
      // Not in the visitor's own group: it would wait behind the turn that it should stop.
      return `human ${visitorName(item.message.to)}`;
    case 'identity-change':
      return visitorName(item.change.old);
    case 'control-change':
      // Nor this one: it says whether the agent is to be asked.
      return `control ${visitorName(item.change.visitor)}`;
    case 'preference':
      return visitorName(item.preference.from);
    case 'call':
      return visitorName(item.call.from);
    case 'unread':
      return hashOf(JSON.stringify(item.raw) ?? '');
  }
}
