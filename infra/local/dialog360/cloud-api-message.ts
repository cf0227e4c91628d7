// What `POST /messages` is documented to accept, as strictly as it is documented: unknown properties,
// limits, blanks and repetitions are refused (docs/360dialog.md#sending). Written from the provider's
// documentation and with its own numbers, so that it finds what the sender gets wrong.
import * as z from 'zod/mini';
import { interactiveMessage } from './interactive-message.ts';
import { media, text } from './message-fields.ts';
import { templateMessage } from './template-message.ts';

const some = z.optional(text(1024));
const contact = z.strictObject({
  name: z
    .strictObject({
      formatted_name: text(1024),
      first_name: some,
      last_name: some,
      middle_name: some,
      suffix: some,
      prefix: some,
    })
    .check(z.refine((name) => Object.keys(name).length > 1, 'must have one more name')),
  phones: z.optional(z.array(z.strictObject({ phone: some, type: some, wa_id: some }))),
  emails: z.optional(z.array(z.strictObject({ email: some, type: some }))),
  addresses: z.optional(
    z.array(
      z.strictObject({
        street: some,
        city: some,
        state: some,
        zip: some,
        country: some,
        country_code: some,
        type: some,
      }),
    ),
  ),
  org: z.optional(z.strictObject({ company: some, department: some, title: some })),
  urls: z.optional(z.array(z.strictObject({ url: some, type: some }))),
  birthday: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
});

const degrees = (max: number) => z.number().check(z.minimum(-max), z.maximum(max));
const contents = {
  text: z.strictObject({ body: text(4096), preview_url: z.optional(z.boolean()) }),
  ...media,
  interactive: interactiveMessage,
  template: templateMessage,
  contacts: z.array(contact).check(z.minLength(1), z.maxLength(257)),
  location: z.strictObject({
    latitude: degrees(90),
    longitude: degrees(180),
    name: some,
    address: some,
  }),
  reaction: z.strictObject({ message_id: text(512), emoji: z.string() }),
};

const around = {
  recipient_type: z.optional(z.enum(['individual', 'group'])),
  context: z.optional(z.strictObject({ message_id: text(512) })),
};
const opaque = z.string().check(
  z.minLength(1),
  z.refine((data) => Buffer.byteLength(data) <= 512, 'must be at most 512 bytes'),
);
const messages = (envelope: Record<string, z.ZodMiniType>, types: typeof contents) =>
  Object.fromEntries(
    Object.entries(types).map(([type, content]) => [
      type,
      z.strictObject({ ...envelope, ...around, type: z.literal(type), [type]: content }),
    ]),
  );

/** A message of payload version v2 by its type. `readSend` checks that it has a recipient. */
export const CLOUD_API_MESSAGES = messages(
  {
    messaging_product: z.literal('whatsapp'),
    // Without the plus WhatsApp may put the country code of the business number in front.
    to: z.optional(
      z.string().check(z.regex(/^\+[\d ()-]{5,32}$/, 'must be a phone number with a +')),
    ),
    recipient: z.optional(
      z
        .string()
        .check(
          z.regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/, 'must be a business-scoped user id'),
        ),
    ),
    biz_opaque_callback_data: z.optional(opaque),
  },
  contents,
);

/**
 * A message of payload version v1 by its type: digits, no `messaging_product`, the preview beside
 * the text.
 */
export const ON_PREMISE_MESSAGES = messages(
  {
    to: z.string().check(z.regex(/^\d{5,20}$/, 'must be digits')),
    preview_url: z.optional(z.boolean()),
  },
  { ...contents, text: z.strictObject({ body: text(4096) }) as typeof contents.text },
);
