import * as z from 'zod/mini';
import { notificationNameSchema } from './notification.ts';

/**
 * Which reply something is about, and where that reply came from. A job carries it to the sender and
 * a delivery keeps it, so that each can be made from the other.
 */
export const replyIdentitySchema = z.object({
  channel_id: z.string(),
  chat_id: z.string(),
  reply_id: z.string(),
  /** The event the reply answers; null: the caller of the endpoint named none. */
  event_id: z.nullable(z.string()),
  /** The `TURN` that holds what was written: the event's own, or that of a request at an endpoint. */
  turn_id: z.string(),
  /** Its place in the answer or request: what keeps the ids of its replies apart. */
  index: z.number(),
  /** When the answer was stored, epoch milliseconds: the age of a reply counts from here. */
  accepted_at: z.number(),
  /** Which time the turn was redriven when it was written: `Turn.redriven`. Missing: it had not been. */
  redriven: z.optional(z.number()),
  /** When the webhook took the message it answers, epoch milliseconds; missing where there is none. */
  received_at: z.optional(z.number()),
  /** True for an answer of the agent's to an event; false when a caller asked for it at an endpoint. */
  automatic: z.boolean(),
  /** It is what a notification sends: its end is that notification's result. */
  notification: z.optional(notificationNameSchema),
  /** Outside the window it is parked, without a fallback template: it answers a notification. */
  park_if_closed: z.optional(z.literal(true)),
  /** It is the channel's fallback template, which went for the reply with this id. */
  fallback_for: z.optional(z.string()),
});
export type ReplyIdentity = z.infer<typeof replyIdentitySchema>;

/** The names of the fields above. */
export const REPLY_IDENTITY = Object.keys(replyIdentitySchema.shape) as (keyof ReplyIdentity)[];

/**
 * The identity in a job or a delivery, and nothing else of it: fields of another version, or of the
 * job alone, must not travel on. Optional fields that are missing stay missing.
 */
export const identityOf = (from: ReplyIdentity): ReplyIdentity =>
  Object.fromEntries(
    REPLY_IDENTITY.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  ) as ReplyIdentity;
