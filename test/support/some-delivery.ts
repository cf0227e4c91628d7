import type { ParkedReply } from '../../shared/contract/chat.ts';
import type { Delivery, Part, PartStatus } from '../../shared/contract/delivery.ts';
import type { PartName, Round } from '../../shared/rules/delivery/callback-data.ts';
import { rankOf } from '../../shared/rules/delivery/delivery-progress.ts';
import type { PartNews } from '../../shared/store/delivery/advance-part.ts';

/** The time of everything here. */
export const HAPPENED_AT = Date.parse('2026-11-22T10:00:00.500Z');

/** Every state a part can be in. */
export const PART_STATUSES: readonly PartStatus[] = [
  'waiting',
  'sending',
  'parked',
  'accepted',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'refused',
  'expired',
];

export const somePart = (status: PartStatus, more: Partial<Part> = {}): Part => ({
  status,
  rank: rankOf(status),
  message_id: null,
  code: null,
  reason: null,
  at: HAPPENED_AT,
  attempts: 1,
  ...more,
});

/** A reply that waits for the visitor. */
export const someParked = (replyId: string, more: Partial<ParkedReply> = {}): ParkedReply => ({
  reply_id: replyId,
  accepted_at: HAPPENED_AT,
  index: 0,
  until: HAPPENED_AT + 24 * 60 * 60 * 1000,
  ...more,
});

let made = 0;

/** A delivery with these parts, in their order. Each delivery has a reply id of its own. */
export const someDelivery = (parts: Part[], more: Partial<Delivery> = {}): Delivery => ({
  channel_id: 'ch_1',
  reply_id: `rep_${++made}`,
  id: 'mine',
  event_id: 'evt_1',
  turn_id: 'evt_1',
  index: 0,
  chat_id: 'c1',
  accepted_at: HAPPENED_AT,
  automatic: true,
  parts: Object.fromEntries(parts.entries()),
  part_count: Math.max(parts.length, 1),
  notes: [],
  ...more,
});

/** The place by which a status finds a part of a delivery. */
export const placeOf = (
  { channel_id: channelId, reply_id: replyId }: Delivery,
  part = 0,
  round: Round = 0,
): PartName & { channelId: string } => ({ channelId, replyId, part, round });

/** A status of the provider's, a second later. */
export const someNews = (status: PartNews['status'], more: Partial<PartNews> = {}): PartNews => ({
  status,
  messageId: 'wamid.1',
  at: HAPPENED_AT + 1_000,
  code: null,
  reason: null,
  ...more,
});
