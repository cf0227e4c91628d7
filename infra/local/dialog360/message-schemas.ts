import * as z from 'zod/mini';
import { BSUID } from '../../../shared/contract/identity.ts';

// What the Cloud API takes, as strictly as it is documented: unknown properties are refused, and so
// are blanks and lengths (API reference §3). One entry of `TYPED` for each type of message.

const notBlank = z.refine<string>((text) => text.trim() !== '', 'must not be empty');

/** With the plus: without it the business number's country code may be put in front. */
const to = z.string().check(z.regex(/^\+[\d\s()-]{5,30}$/, 'must be a phone number with a +'));
const recipient = z.string().check(z.regex(BSUID, 'must be a business-scoped user id'));

const envelope = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.optional(z.literal('individual')),
  to: z.optional(to),
  recipient: z.optional(recipient),
  context: z.optional(z.strictObject({ message_id: z.string().check(notBlank) })),
  biz_opaque_callback_data: z.optional(z.string().check(z.maxLength(512))),
};

const textSchema = z.strictObject({
  body: z.string().check(notBlank, z.maxLength(4096)),
  preview_url: z.optional(z.boolean()),
});

/** The Cloud API's messages, by `type`. */
export const TYPED = {
  text: z.strictObject({ ...envelope, type: z.literal('text'), text: textSchema }),
} as const satisfies Record<string, z.ZodMiniType>;

/** A read receipt, with or without the typing indicator: the same address, another body. */
export const readReceiptSchema = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().check(notBlank),
  typing_indicator: z.optional(z.strictObject({ type: z.literal('text') })),
});

/** The old API's text message. It was never strict. */
export const legacyTextSchema = z.looseObject({
  to: z.string().check(z.regex(/^\+?\d{5,20}$/, 'must be a phone number')),
  type: z.literal('text'),
  text: z.looseObject({ body: z.string().check(notBlank, z.maxLength(4096)) }),
  preview_url: z.optional(z.boolean()),
  biz_opaque_callback_data: z.optional(z.string()),
});
