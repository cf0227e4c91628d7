import * as z from 'zod/mini';

/**
 * A read receipt, with or without the typing indicator. It is posted to `/messages` too
 * (docs/360dialog.md#read-receipts-and-typing).
 */
export const cloudReceiptSchema = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().check(z.minLength(1)),
  typing_indicator: z.optional(z.strictObject({ type: z.literal('text') })),
});

/** The old API's: PUT to the message itself. */
export const onPremiseReceiptSchema = z.strictObject({ status: z.literal('read') });

/** Whether a body of `POST /messages` marks a message as read instead of sending one. */
export const isReadReceipt = (body: unknown): boolean =>
  (body as { status?: unknown } | null)?.status === 'read';
