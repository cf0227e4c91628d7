import * as z from 'zod/mini';

/** What the agent is told a delivery became (docs/contract.md#event-types, `delivery.status`). */
export const deliveryStatusSchema = z.enum([
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
]);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

/** Something the agent may want to know about a delivery (docs/contract.md#event-types, `delivery`). */
export const deliveryNewsSchema = z.object({
  reply_id: z.string(),
  /** The agent's own id for the reply. */
  id: z.optional(z.string()),
  event_id: z.optional(z.string()),
  message_id: z.optional(z.string()),
  /** Which part this is about, counted from 0, and how many parts the reply has. */
  part: z.number(),
  parts: z.number(),
  status: deliveryStatusSchema,
  code: z.optional(z.string()),
  reason: z.optional(z.string()),
  /** `template-sent`: the channel's fallback template went in its place. */
  note: z.optional(z.string()),
  /** ISO 8601. */
  at: z.string(),
});
export type DeliveryNews = z.infer<typeof deliveryNewsSchema>;
