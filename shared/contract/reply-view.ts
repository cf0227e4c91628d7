import * as z from 'zod/mini';

/** One message of WhatsApp's, as the endpoints show it. What has not begun is `waiting`, without a time. */
const partViewSchema = z.object({
  status: z.enum([
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
  ]),
  message_id: z.nullable(z.string()),
  code: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  at: z.nullable(z.string()),
  /** Requests to 360dialog that were begun for it; missing in the answer of an older stack. */
  attempts: z.optional(z.number()),
  /** As WhatsApp says it. */
  pricing: z.optional(z.record(z.string(), z.unknown())),
});

/** What became of a reply: docs/contract.md#reply-and-template-endpoints. No parts: the sender has not looked at it yet. */
export const replyViewSchema = z.object({
  reply_id: z.string(),
  /** The agent's own id for it. */
  id: z.nullable(z.string()),
  event_id: z.nullable(z.string()),
  /** The id under which the log has its whole story: docs/contract.md#one-id-for-the-whole-way. */
  trace_id: z.string(),
  chat_id: z.string(),
  accepted_at: z.string(),
  parts: z.array(partViewSchema),
  /** What had to be changed: codes of docs/contract.md#codes; `template-sent` when the fallback template went instead. */
  notes: z.array(z.string()),
  /** The fallback template that went for it, as a delivery of its own. */
  fallback_reply_id: z.optional(z.string()),
  /**
   * In the record of a chat: its place among the replies of its turn's `outcome`; null: its words are not
   * there, or not any more.
   */
  index: z.optional(z.nullable(z.number())),
});
export type ReplyView = z.infer<typeof replyViewSchema>;
