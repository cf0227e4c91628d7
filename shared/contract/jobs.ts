import * as z from 'zod/mini';
import { deliveryNewsSchema } from './delivery-news.ts';
import { inboundItemSchema, inboundStatusSchema, paymentUpdateSchema } from './inbound-item.ts';
import { incomingRequestSchema } from './incoming-request.ts';
import { notificationResultSchema } from './notification.ts';
import { replyIdentitySchema } from './reply-identity.ts';

/** Whether the webhook that brought it carried the secret header: the doctor reports it. */
const withHeader = { with_header: z.optional(z.boolean()) };

/** Travels in `inbound.fifo`: an item of a webhook body, an Incoming Request, a notification's result. */
export const inboundJobSchema = z.object({
  channel_id: z.string(),
  /** When the endpoint took it, epoch milliseconds. */
  received_at: z.number(),
  ...withHeader,
  /**
   * The message is recorded, and waits behind itself for those that follow it: in which chat, whether it
   * has waited already, and since when it is in the queue (epoch milliseconds).
   */
  burst: z.optional(
    z.object({
      chat_id: z.string(),
      round: z.union([z.literal(0), z.literal(1)]),
      queued_at: z.optional(z.number()),
    }),
  ),
  item: z.discriminatedUnion('kind', [
    inboundItemSchema,
    z.object({ kind: z.literal('incoming-request'), request: incomingRequestSchema }),
    z.object({ kind: z.literal('notification-result'), notification: notificationResultSchema }),
  ]),
});
export type InboundJob = z.infer<typeof inboundJobSchema>;
/** The same, holding a message. */
export type MessageJob = InboundJob & { item: Extract<InboundJob['item'], { kind: 'message' }> };

/** One reply on its way to the sender, which judges it at the instant of sending. */
export const replyJobSchema = z.extend(replyIdentitySchema, {
  kind: z.literal('reply'),
  /** The reply as the agent wrote it; the sender parses it, so each is judged alone. */
  reply: z.unknown(),
  /** Set when an accepted part failed later: the sender sends that part once more. */
  again: z.optional(
    z.object({
      part: z.number(),
      /** The round this begins: the first or the second time that the part is sent again. */
      round: z.union([z.literal(1), z.literal(2)]),
      /** The part's fallback goes in its place: a link as text for a file. */
      as: z.optional(z.literal('fallback')),
      /** WhatsApp said that the window is closed: we doubt it, or have taken its word. */
      window: z.optional(z.enum(['doubted', 'refuted'])),
    }),
  ),
  /** Set when the function that queued the reply knows already that it may not go. */
  refusal: z.optional(z.object({ code: z.literal('duplicate-id'), reason: z.string() })),
});
export type ReplyJob = z.infer<typeof replyJobSchema>;

/**
 * The sender is to look through a chat's park: the visitor wrote, so what waits may go; or what waits
 * has waited long enough.
 */
const releaseJobSchema = z.object({
  kind: z.literal('release'),
  channel_id: z.string(),
  chat_id: z.string(),
});
export type ReleaseJob = z.infer<typeof releaseJobSchema>;

/** Travels in `outbound.fifo`, one chat after the other. */
export const outboundJobSchema = z.discriminatedUnion('kind', [replyJobSchema, releaseJobSchema]);
export type OutboundJob = z.infer<typeof outboundJobSchema>;

/** A notification's delivery is to be looked at: it may have a result. `time_up`: no more waiting. */
const notificationJobSchema = z.object({
  kind: z.literal('notification'),
  channel_id: z.string(),
  reply_id: z.string(),
  time_up: z.boolean(),
});
export type NotificationJob = z.infer<typeof notificationJobSchema>;

/** The provider is to be asked about a blocked channel, which may be able to send again. */
const probeJobSchema = z.object({ kind: z.literal('probe'), channel_id: z.string() });
export type ProbeJob = z.infer<typeof probeJobSchema>;

/** The agent is to be told that it cannot hand the chat over: 360dialog has no operator software. */
const handoverJobSchema = z.object({
  kind: z.literal('handover'),
  channel_id: z.string(),
  chat_id: z.string(),
  /** The turn in whose answer it wished so. */
  turn_id: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});
export type HandoverJob = z.infer<typeof handoverJobSchema>;

/** The agent is to be told of a payment. */
const paymentJobSchema = z.object({
  kind: z.literal('payment'),
  channel_id: z.string(),
  received_at: z.number(),
  payment: paymentUpdateSchema,
});
export type PaymentJob = z.infer<typeof paymentJobSchema>;

/** Travels in `news`, where order does not matter: what the agent is to be told and need not answer. */
export const newsJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('delivery-news'),
    channel_id: z.string(),
    chat_id: z.string(),
    news: deliveryNewsSchema,
  }),
  handoverJobSchema,
  paymentJobSchema,
]);
export type NewsJob = z.infer<typeof newsJobSchema>;

/** Travels in `statuses`, where order does not matter: what became of what we sent. No job asks an agent. */
export const statusJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    channel_id: z.string(),
    received_at: z.number(),
    ...withHeader,
    status: inboundStatusSchema,
  }),
  notificationJobSchema,
  probeJobSchema,
  paymentJobSchema,
]);
export type StatusJob = z.infer<typeof statusJobSchema>;

/** What a deleted channel knew of its visitors is to be erased. The sweep does that itself: PROTOCOLS 26. */
const eraseChannelJobSchema = z.object({
  kind: z.literal('erase-channel'),
  channel_id: z.string(),
  /** The table is looked through twice. */
  round: z.union([z.literal(1), z.literal(2)]),
  /** The key up to which this round has come; without it the round begins. It names no visitor. */
  after: z.optional(z.object({ pk: z.string(), sk: z.string() })),
});
export type EraseChannelJob = z.infer<typeof eraseChannelJobSchema>;

/** What may wait in the table for its time; the sweep then queues it, or does it: PROTOCOLS 20. */
export const dueJobSchema = z.discriminatedUnion('kind', [
  releaseJobSchema,
  notificationJobSchema,
  probeJobSchema,
  eraseChannelJobSchema,
]);
export type DueJob = z.infer<typeof dueJobSchema>;
