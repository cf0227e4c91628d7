// What `POST /messages` is documented to accept, as strictly as it is documented: unknown
// properties,
// limits, blanks and repetitions are refused (docs/360dialog.md#sending). Written from the
// provider's
// documentation and with its own numbers, so that it finds what the sender gets wrong.
import * as z from 'zod/mini';

const text = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine((value) => value.trim() !== '', { error: 'must not be empty' }),
    z.refine((value) => value.isWellFormed(), { error: 'must not hold half a surrogate pair' }),
  );
/** The documentation: "button/action strings with leading/trailing blanks are rejected". */
const trimmed = (max: number) =>
  text(max).check(z.regex(/^\S(.*\S)?$/s, 'must not have blanks at its ends'));
const label = (max: number) => trimmed(max).check(z.regex(/^.*$/, 'must be one line'));
const oneOf = (...names: string[]) =>
  z.refine<object>((value) => names.filter((name) => name in value).length === 1, {
    error: `must have exactly one of ${names.join(', ')}`,
  });
const unique = <T>(by: (item: T) => unknown) =>
  z.refine<T[]>((items) => new Set(items.map(by)).size === items.length, {
    error: 'must not repeat',
  });

const source = {
  id: z.optional(text(512)),
  link: z.optional(z.string().check(z.maxLength(4096), z.regex(/^https:\/\/\S+$/i))),
};
const caption = z.optional(text(1024));
const filename = z.optional(text(255));
const media = {
  image: z.strictObject({ ...source, caption }).check(oneOf('id', 'link')),
  video: z.strictObject({ ...source, caption }).check(oneOf('id', 'link')),
  audio: z.strictObject({ ...source, voice: z.optional(z.boolean()) }).check(oneOf('id', 'link')),
  document: z.strictObject({ ...source, caption, filename }).check(oneOf('id', 'link')),
  sticker: z.strictObject(source).check(oneOf('id', 'link')),
};

const textHeader = z.strictObject({ type: z.literal('text'), text: label(60) });
const header = z.discriminatedUnion('type', [
  textHeader,
  z.strictObject({ type: z.literal('image'), image: media.image }),
  z.strictObject({ type: z.literal('video'), video: media.video }),
  z.strictObject({ type: z.literal('document'), document: media.document }),
]);
const body = z.strictObject({ text: text(1024) });
const footer = z.optional(z.strictObject({ text: label(60) }));

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: trimmed(256), title: label(20) }),
});
const row = z.strictObject({
  id: trimmed(200),
  title: label(24),
  description: z.optional(label(72)),
});
const section = z.strictObject({ title: z.optional(label(24)), rows: z.array(row) });
const sections = z.array(section).check(
  z.minLength(1),
  z.maxLength(10),
  z.refine(
    (all) => all.length === 1 || all.every(({ title }) => title),
    'must have titles when there are several',
  ),
  z.refine((all) => {
    const rows = all.flatMap(({ rows }) => rows);
    return rows.length >= 1 && rows.length <= 10;
  }, 'must have 1 to 10 rows'),
  z.refine((all) => {
    const ids = all.flatMap(({ rows }) => rows.map(({ id }) => id));
    return new Set(ids).size === ids.length;
  }, 'must not repeat an id'),
);

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: z.optional(header),
    body,
    footer,
    action: z.strictObject({
      buttons: z.array(replyButton).check(
        z.minLength(1),
        z.maxLength(3),
        unique(({ reply }) => reply.id),
        unique(({ reply }) => reply.title),
      ),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: z.optional(textHeader),
    body,
    footer,
    action: z.strictObject({ button: label(20), sections }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    header: z.optional(header),
    body,
    footer,
    action: z.strictObject({
      name: z.literal('cta_url'),
      parameters: z.strictObject({
        display_text: label(20),
        url: z.string().check(z.regex(/^https?:\/\/\S+$/i)),
      }),
    }),
  }),
  z.strictObject({
    type: z.literal('location_request_message'),
    body,
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
  z.strictObject({
    type: z.literal('request_contact_info'),
    body,
    action: z.strictObject({ name: z.literal('request_contact_info') }),
  }),
]);

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

const named = { parameter_name: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9_]*$/i))) };
const value = z.record(z.string(), z.unknown());
const parameter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    ...named,
    text: text(32_768).check(z.regex(/^(?!.*[\n\r\t])(?!.* {5})/s, 'must not hold such blanks')),
  }),
  z.strictObject({ type: z.literal('image'), ...named, image: media.image }),
  z.strictObject({ type: z.literal('video'), ...named, video: media.video }),
  z.strictObject({ type: z.literal('document'), ...named, document: media.document }),
  z.strictObject({ type: z.literal('currency'), ...named, currency: value }),
  z.strictObject({ type: z.literal('date_time'), ...named, date_time: value }),
  z.strictObject({ type: z.literal('location'), ...named, location: value }),
  z.strictObject({ type: z.literal('payload'), payload: text(256) }),
  z.strictObject({ type: z.literal('coupon_code'), coupon_code: text(64) }),
  z.strictObject({ type: z.literal('action'), action: value }),
]);
const parameters = z.optional(z.array(parameter));
const component = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), parameters }),
  z.strictObject({ type: z.literal('body'), parameters }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: z.enum(['quick_reply', 'url', 'copy_code', 'flow', 'catalog', 'mpm']),
    index: z.union([z.string().check(z.regex(/^\d$/)), z.int()]),
    parameters,
  }),
]);
const template = z.strictObject({
  name: text(512),
  language: z.strictObject({ code: label(15), policy: z.optional(z.literal('deterministic')) }),
  components: z.optional(z.array(component)),
});

const degrees = (max: number) => z.number().check(z.minimum(-max), z.maximum(max));
const contents = {
  text: z.strictObject({ body: text(4096), preview_url: z.optional(z.boolean()) }),
  ...media,
  interactive,
  template,
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
