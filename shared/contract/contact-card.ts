import * as z from 'zod/mini';

const text = (max: number) => {
  const error = `must be text of 1 to ${max} characters`;
  const wellFormed = z.overwrite<string>((value) => value.toWellFormed());
  return z
    .string({ error })
    .check(wellFormed, z.trim(), z.minLength(1, error), z.maxLength(max, error));
};
const some = z.optional(text(1024));
const many = <T extends z.ZodMiniType>(item: T) => z.optional(z.array(item));

/**
 * A card of a person's details, as WhatsApp takes and gives it
 * (developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages, read
 * 2026-11-23). WhatsApp wants one more name beside the formatted one; the renderer sees to that.
 */
export const contactCardSchema = z.object({
  name: z.object({
    formatted_name: text(1024),
    first_name: some,
    last_name: some,
    middle_name: some,
    suffix: some,
    prefix: some,
  }),
  phones: many(z.object({ phone: some, type: some, wa_id: some })),
  emails: many(z.object({ email: some, type: some })),
  addresses: many(
    z.object({
      street: some,
      city: some,
      state: some,
      zip: some,
      country: some,
      country_code: some,
      type: some,
    }),
  ),
  org: z.optional(z.object({ company: some, department: some, title: some })),
  urls: many(z.object({ url: some, type: some })),
  birthday: z.optional(
    z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as YYYY-MM-DD')),
  ),
});
export type ContactCard = z.infer<typeof contactCardSchema>;
