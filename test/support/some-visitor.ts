import { randomBytes } from 'node:crypto';
import type { ChatPlace } from '../../shared/store/chat/chat-upsert.ts';
import type { InboundFacts } from '../../shared/store/chat/record-inbound.ts';

/** When the visitor's message came. */
export const HEARD_AT = Date.parse('2026-11-22T10:00:00Z');

/** The place of a new visitor's chat. */
export const somePlace = (more: Partial<ChatPlace> = {}): ChatPlace => ({
  channelId: 'ch_1',
  chatId: randomBytes(20).toString('hex'),
  phone: '491713920042',
  bsuid: 'DE.7340021985561204',
  eventId: 'evt_1',
  now: HEARD_AT,
  ...more,
});

/** What a text of the visitor says, sent a second before it came. */
export const someInboundFacts = (
  place: ChatPlace,
  more: Partial<InboundFacts> = {},
): InboundFacts => ({
  ...place,
  username: '@anna',
  name: 'Anna',
  inboundAt: place.now - 1_000,
  ...more,
});
