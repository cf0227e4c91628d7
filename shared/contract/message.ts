import * as z from 'zod/mini';

/** A file the visitor sent, as the provider names it. Our signed address of it is made later. */
const providerFileSchema = z.object({
  /** The provider's media id; absent when the provider could not fetch the file. */
  id: z.nullable(z.string()),
  mime_type: z.optional(z.string()),
  sha256: z.optional(z.string()),
  filename: z.optional(z.string()),
});
export type ProviderFile = z.infer<typeof providerFileSchema>;

/** An error as WhatsApp words it, in a message, a status or beside them. */
export const providerErrorSchema = z.object({
  code: z.number(),
  title: z.string(),
  details: z.optional(z.string()),
});
export type ProviderError = z.infer<typeof providerErrorSchema>;

const raw = z.record(z.string(), z.unknown());
const file = <const K extends string>(kind: K) =>
  z.object({ kind: z.literal(kind), file: providerFileSchema });
const update = { to_message_id: z.string() };

/** What a message says, by kind (docs/contract.md#messages, `message.kind`), with the provider's file ids. */
export const contentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text') }),
  z.object({
    kind: z.literal('choice'),
    option: z.object({
      id: z.string(),
      label: z.string(),
      /** A list's second line: where a label over 24 characters stands in full. */
      description: z.optional(z.string()),
    }),
    via: z.enum(['tap', 'label', 'number']),
    menu_reply_id: z.optional(z.string()),
  }),
  file('image'),
  file('audio'),
  file('voice'),
  file('video'),
  file('document'),
  file('sticker'),
  z.object({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    name: z.optional(z.string()),
    address: z.optional(z.string()),
    /** A place's website. */
    url: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('contacts'), contacts: z.array(raw) }),
  z.object({ kind: z.literal('order'), items: z.array(raw), catalog_id: z.string() }),
  z.object({
    kind: z.literal('form'),
    name: z.string(),
    answers: raw,
    /** The answers as they came, only where they are no JSON object; `answers` is then empty. */
    response_json: z.optional(z.string()),
    /** Our reply that asked for it, where it was a `flow`. */
    reply_id: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('welcome') }),
  z.object({
    kind: z.literal('call_permission'),
    response: z.string(),
    is_permanent: z.optional(z.boolean()),
    expires_at: z.optional(z.string()),
    response_source: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('reaction'), emoji: z.nullable(z.string()), ...update }),
  z.object({ kind: z.literal('edit'), ...update }),
  z.object({ kind: z.literal('revoke'), ...update }),
  z.object({
    kind: z.literal('unsupported'),
    /** What it was, as far as WhatsApp says: its own name for it (`poll`, `image`, `unknown` …). */
    type: z.string(),
    /** The message as it came; `{ left_out }` where it is too large to travel. */
    raw,
    errors: z.array(providerErrorSchema),
  }),
]);
export type Content = z.infer<typeof contentSchema>;

/** Which message another one answers: ids only; what we know of it is added by the worker. */
export const quoteSchema = z.object({
  message_id: z.string(),
  /** Who wrote the quoted message, as the payload says it (digits or BSUID), if it does. */
  author: z.nullable(z.string()),
});
