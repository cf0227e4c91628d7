import * as z from 'zod/mini';
import { identitySchema } from './identity.ts';
import { contentSchema, providerErrorSchema, quoteSchema } from './message.ts';

const raw = z.record(z.string(), z.unknown());

/** A message a visitor sent, read from either payload version. Times are epoch milliseconds. */
export const inboundMessageSchema = z.object({
  id: z.string(),
  payload_version: z.enum(['v2', 'v1']),
  from: identitySchema,
  /** `contacts[j].profile.name`, whole, else the username; '' where the payload has neither. */
  name: z.string(),
  /** WhatsApp's own time; null when it is missing or no number, then the time of receipt counts. */
  sent_at: z.nullable(z.number()),
  content: contentSchema,
  /** Text, caption, option's label or the answer as typed; '' where the message holds no words. */
  text: z.string(),
  reply_to: z.optional(quoteSchema),
  forwarded: z.optional(z.boolean()),
  referral: z.optional(raw),
  /** Set when it came under `standby`: Meta's own agent has the conversation, and answers it. */
  standby: z.optional(z.literal(true)),
});
export type InboundMessage = z.infer<typeof inboundMessageSchema>;

/** What became of a message of ours, as the provider tells it. */
export const inboundStatusSchema = z.object({
  message_id: z.string(),
  status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
  at: z.nullable(z.number()),
  /** `biz_opaque_callback_data`, ours when it names a reply and a part. */
  callback: z.nullable(z.string()),
  recipient: identitySchema,
  errors: z.array(providerErrorSchema),
  pricing: z.optional(raw),
});
export type InboundStatus = z.infer<typeof inboundStatusSchema>;

/** What became of a payment that a message of ours asked for: no news of the message itself. */
export const paymentUpdateSchema = z.object({
  /** Ours: WhatsApp gives none. The same for every repeat of the same news. */
  id: z.string(),
  message_id: z.string(),
  /** WhatsApp's word: `pending`, `captured`, `failed` … */
  status: z.string(),
  at: z.nullable(z.number()),
  callback: z.nullable(z.string()),
  recipient: identitySchema,
  /** WhatsApp's object: `reference_id`, `amount`, `currency`, `transaction`. */
  details: raw,
});
export type PaymentUpdate = z.infer<typeof paymentUpdateSchema>;

/** A person answered from the WhatsApp Business app (coexistence). */
const humanMessageSchema = z.object({
  id: z.string(),
  to: identitySchema,
  sent_at: z.nullable(z.number()),
  /** WhatsApp's type of it, and its words; '' where it holds none. */
  type: z.optional(z.string()),
  text: z.optional(z.string()),
});

/** A visitor got a new number or a new BSUID. What is unknown is null. */
export const identityChangeSchema = z.object({
  id: z.string(),
  old: identitySchema,
  new: identitySchema,
  sent_at: z.nullable(z.number()),
});
export type IdentityChange = z.infer<typeof identityChangeSchema>;

/** A visitor wants no more messages of a category, or wants them again (`user_preferences`). */
const preferenceSchema = z.object({
  /** Ours: WhatsApp gives none. The same for every repeat of the same wish. */
  id: z.string(),
  from: identitySchema,
  /** `marketing_messages` is the only one so far. */
  category: z.string(),
  value: z.enum(['stop', 'resume']),
  at: z.nullable(z.number()),
});
export type Preference = z.infer<typeof preferenceSchema>;

/** A visitor calls the business: nothing to answer, but it opens the service window. */
const userCallSchema = z.object({
  id: z.string(),
  from: identitySchema,
  name: z.string(),
  at: z.nullable(z.number()),
});

/** Who has a visitor's conversation has changed: we, or Meta's own agent (`messaging_handovers`). */
const controlChangeSchema = z.object({
  /** Ours: WhatsApp gives none. The same for every repeat of the same change. */
  id: z.string(),
  visitor: identitySchema,
  holder: z.enum(['us', 'meta']),
  at: z.nullable(z.number()),
});

/** Why something could not be read. Each is a count an operator sees. */
const unreadReasonSchema = z.enum([
  'nothing-recognised',
  'entry-unreadable',
  'change-unreadable',
  'message-unreadable',
  'message-without-id',
  'sender-unknown',
  'status-unreadable',
  'error-unreadable',
  'echo-without-id',
  'recipient-unknown',
  'identity-change-unreadable',
  'preference-unreadable',
  'call-without-id',
  'too-many-unread',
]);
export type UnreadReason = z.infer<typeof unreadReasonSchema>;

/**
 * One thing a webhook body holds. Each travels alone, so an unreadable one never harms its neighbours.
 * A `notice` is worth a log line and a count: its facts hold no words and no phone. `unread` is kept
 * as evidence.
 */
export const inboundItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), message: inboundMessageSchema }),
  z.object({ kind: z.literal('status'), status: inboundStatusSchema }),
  z.object({ kind: z.literal('payment'), payment: paymentUpdateSchema }),
  z.object({ kind: z.literal('human-message'), message: humanMessageSchema }),
  z.object({ kind: z.literal('identity-change'), change: identityChangeSchema }),
  z.object({ kind: z.literal('control-change'), change: controlChangeSchema }),
  z.object({ kind: z.literal('preference'), preference: preferenceSchema }),
  z.object({ kind: z.literal('call'), call: userCallSchema }),
  z.object({
    kind: z.literal('notice'),
    name: z.string(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  z.object({ kind: z.literal('unread'), reason: unreadReasonSchema, raw: z.unknown() }),
]);
export type InboundItem = z.infer<typeof inboundItemSchema>;
