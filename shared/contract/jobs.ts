import * as z from 'zod/mini';
import { inboundItemSchema, inboundStatusSchema } from './inbound-item.ts';
import { incomingRequestSchema } from './incoming-request.ts';

const deliveryNewsSchema = z.object({
  reply_id: z.string(),
  id: z.optional(z.string()),
  event_id: z.optional(z.string()),
  message_id: z.optional(z.string()),
  part: z.number(),
  parts: z.number(),
  status: z.enum([
    'accepted',
    'sent',
    'delivered',
    'read',
    'played',
    'failed',
    'refused',
    'degraded',
    'parked',
    'released',
    'expired',
  ]),
  code: z.optional(z.string()),
  reason: z.optional(z.string()),
  at: z.string(),
});

/** Whether the webhook that brought it carried the secret header: the doctor wants to know. */
const withHeader = { with_header: z.optional(z.boolean()) };

/** Travels in `inbound.fifo`: one item of a webhook body, or a request of somebody outside. */
export const inboundJobSchema = z.object({
  channel_id: z.string(),
  /** When the door took it, epoch milliseconds. */
  received_at: z.number(),
  ...withHeader,
  item: z.discriminatedUnion('kind', [
    inboundItemSchema,
    z.object({ kind: z.literal('incoming-request'), request: incomingRequestSchema }),
  ]),
});
export type InboundJob = z.infer<typeof inboundJobSchema>;
/** The same, holding a message. */
export type MessageJob = InboundJob & { item: Extract<InboundJob['item'], { kind: 'message' }> };

/** Travels in `outbound.fifo`: one reply, judged by the sender at the instant of sending. */
export const replyJobSchema = z.object({
  kind: z.literal('reply'),
  channel_id: z.string(),
  chat_id: z.string(),
  reply_id: z.string(),
  /** The event it answers, where anybody says so. */
  event_id: z.nullable(z.string()),
  /** The `TURN` that holds what was written: the event's own, or that of a request at a door. */
  turn_id: z.string(),
  /** Its place in the answer: what keeps ids apart. */
  index: z.number(),
  /** When the answer was stored, epoch milliseconds: the age of a reply counts from here. */
  accepted_at: z.number(),
  /** An answer of the agent's; false when somebody asked for it through a door. */
  automatic: z.boolean(),
  /** The reply as the agent wrote it; the sender parses it, so each is judged alone. */
  reply: z.unknown(),
  /** Set when an accepted part failed later: send that one once more, the way out if it has one. */
  again: z.optional(z.object({ part: z.number(), as: z.optional(z.literal('fallback')) })),
  /** Set when whoever queued it knows already that it may not go. */
  refusal: z.optional(z.object({ code: z.literal('duplicate-id'), reason: z.string() })),
});
export type ReplyJob = z.infer<typeof replyJobSchema>;

/** Travels in `statuses`, where order does not matter: news about what we sent, in and out. */
export const statusJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    channel_id: z.string(),
    received_at: z.number(),
    ...withHeader,
    status: inboundStatusSchema,
  }),
  z.object({
    kind: z.literal('delivery-news'),
    channel_id: z.string(),
    chat_id: z.string(),
    news: deliveryNewsSchema,
  }),
]);
export type StatusJob = z.infer<typeof statusJobSchema>;
