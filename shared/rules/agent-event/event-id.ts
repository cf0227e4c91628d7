import type { InboundJob } from '../../contract/jobs.ts';
import { idOf } from '../../kernel/hash.ts';

/**
 * The event that an item brings, or would bring if the agent were told of it: the same for every repeat, and
 * known from the item alone. Null: it is about no event of its own.
 */
export function eventIdOf(channelId: string, item: InboundJob['item']): string | null {
  switch (item.kind) {
    case 'message':
      return messageEventId(channelId, item.message.id);
    case 'human-message':
      return handoverEventId(channelId, item.message.id);
    case 'control-change':
      return handoverEventId(channelId, item.change.id);
    case 'identity-change':
      return identityEventId(channelId, item.change.id);
    case 'call':
      return callEventId(channelId, item.call.id);
    case 'preference':
      return idOf('evt', channelId, 'preference', item.preference.id);
    case 'payment':
      return paymentEventId(channelId, item.payment.id);
    case 'incoming-request':
      return item.request.event_id;
    case 'notification-result':
      return notificationEventId(channelId, item.notification.id);
    case 'status':
    case 'notice':
    case 'unread':
      return null;
  }
}

/** The same for every repeat of a message. */
export const messageEventId = (channelId: string, messageId: string): string =>
  idOf('evt', channelId, 'message', messageId);

/** The event that tells who has the conversation, by the message, handover or turn that made it so. */
export const handoverEventId = (channelId: string, causeId: string): string =>
  idOf('evt', channelId, 'handover', causeId);

/** One for each notification, whichever result comes first. */
export const notificationEventId = (channelId: string, notificationId: string): string =>
  idOf('evt', channelId, 'notification', notificationId);

export const identityEventId = (channelId: string, changeId: string): string =>
  idOf('evt', channelId, 'visitor_changed', changeId);

export const callEventId = (channelId: string, callId: string): string =>
  idOf('evt', channelId, 'call', callId);

export const paymentEventId = (channelId: string, paymentId: string): string =>
  idOf('evt', channelId, 'payment', paymentId);
