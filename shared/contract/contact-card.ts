import * as z from 'zod/mini';
import { text } from './reply-fields.ts';

const some = z.optional(text(1024));
const many = <T extends z.ZodMiniType>(item: T) =>
  z.optional(z.array(item, { error: 'must be a list' }));

const like = <Shape extends z.core.$ZodShape>(example: string, shape: Shape) =>
  z.object(shape, { error: `must be an object like ${example}` });
const dateError = 'must be a date as YYYY-MM-DD';

/**
 * A card of a person's details, as WhatsApp takes and gives it
 * (developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages, read
 * 2026-11-23). WhatsApp wants one more name beside the formatted one; the renderer sees to that.
 */
export const contactCardSchema = z.object(
  {
    name: like('{"formatted_name": "Service desk"}', {
      formatted_name: text(1024),
      first_name: some,
      last_name: some,
      middle_name: some,
      suffix: some,
      prefix: some,
    }),
    phones: many(like('{"phone": "+49 30 1234567"}', { phone: some, type: some, wa_id: some })),
    emails: many(like('{"email": "desk@example.com"}', { email: some, type: some })),
    addresses: many(
      like('{"street": "Main Street 1", "city": "Berlin"}', {
        street: some,
        city: some,
        state: some,
        zip: some,
        country: some,
        country_code: some,
        type: some,
      }),
    ),
    org: z.optional(
      like('{"company": "Example"}', { company: some, department: some, title: some }),
    ),
    urls: many(like('{"url": "https://example.com"}', { url: some, type: some })),
    birthday: z.optional(
      z.string({ error: dateError }).check(z.regex(/^\d{4}-\d{2}-\d{2}$/, dateError)),
    ),
  },
  { error: 'must be an object like {"name": {"formatted_name": "Service desk"}}' },
);
export type ContactCard = z.infer<typeof contactCardSchema>;
