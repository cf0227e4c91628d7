import * as z from 'zod/mini';

/** What a notification is called: our id for it, and the caller's (docs/contract.md#notifications). */
export const notificationNameSchema = z.object({
  id: z.string(),
  /** The caller's own name for the request. */
  request_id: z.optional(z.string()),
});

/**
 * How a notification ended. `no_account`: WhatsApp knows no such number. `fail`: it was refused or
 * failed. `success`: it was delivered, or the time was up and nothing had gone wrong by then. It
 * travels as it is told, and never changes on the way.
 */
export const notificationResultSchema = z.extend(notificationNameSchema, {
  chat_id: z.string(),
  result: z.enum(['success', 'fail', 'no_account']),
  /** What the message had become by then. */
  status: z.string(),
  /** False: the time was up, and a phone that was off may still get it. */
  final: z.boolean(),
  code: z.optional(z.string()),
  reason: z.optional(z.string()),
});
export type NotificationResult = z.infer<typeof notificationResultSchema>;
