import * as z from 'zod/mini';

/** How a notification ended: product.md C13. Travels as it is told, and never changes on the way. */
export const notificationResultSchema = z.object({
  id: z.string(),
  chat_id: z.string(),
  /** The caller's own name for the request. */
  request_id: z.optional(z.string()),
  result: z.enum(['success', 'fail', 'no_account']),
  /** What the message had become by then. */
  status: z.string(),
  /** False: the time was up, and a phone that was off may still get it. */
  final: z.boolean(),
  code: z.optional(z.string()),
  reason: z.optional(z.string()),
});
export type NotificationResult = z.infer<typeof notificationResultSchema>;
