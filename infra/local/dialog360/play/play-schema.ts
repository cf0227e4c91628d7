import * as z from 'zod/mini';
import { BSUID } from '../../../../shared/contract/identity-form.ts';
import { outcomeFields } from './outcome-schema.ts';
import { phone } from './phone-schema.ts';
import { EXAMPLES } from './play-examples.ts';

const filled = z.string().check(z.minLength(1, 'must not be empty'));
const messageId = z.string().check(z.minLength(1, 'must be a message_id, or "last"'));
const degrees = (max: number) => z.number().check(z.minimum(-max), z.maximum(max));

export const fileKinds = ['image', 'audio', 'voice', 'video', 'document', 'sticker'] as const;
export type FileKind = (typeof fileKinds)[number];

/** Only the words for what is no object at all: which names it has is said by the reader. */
const like = (example: object) => ({
  error: ({ code }: { code?: string }) =>
    code === 'invalid_type' ? `must be an object like ${JSON.stringify(example)}` : undefined,
});

/** What a visitor can send: one of these in each play. */
export const contentFields = {
  text: z.optional(filled),
  file: z.optional(
    z.strictObject(
      {
        /** Base64, also as a `data:` address. */
        data: filled,
        mime_type: z.optional(filled),
        name: z.optional(filled),
        kind: z.optional(z.enum(fileKinds)),
        caption: z.optional(z.string()),
      },
      like(EXAMPLES.file.file),
    ),
  ),
  location: z.optional(
    z.strictObject(
      {
        latitude: degrees(90),
        longitude: degrees(180),
        name: z.optional(z.string()),
        address: z.optional(z.string()),
      },
      like(EXAMPLES.location.location),
    ),
  ),
  contacts: z.optional(
    z
      .array(
        z.strictObject(
          {
            name: filled,
            phones: z._default(z.array(z.string()), []),
            emails: z._default(z.array(z.string()), []),
            organization: z.optional(z.string()),
          },
          like(EXAMPLES.contacts.contacts[0] ?? {}),
        ),
      )
      .check(z.minLength(1)),
  ),
  /** The id or label of a button, of a row of a list, of a template's quick reply, or of a numbered option. */
  tap: z.optional(filled),
  /** The answers to a flow, by their names. */
  form: z.optional(z.record(z.string(), z.unknown(), like(EXAMPLES.form.form))),
  /** Without an emoji the reaction is taken away. */
  reaction: z.optional(
    z.strictObject(
      { to: messageId, emoji: z.nullable(z.string()) },
      like(EXAMPLES.reaction.reaction),
    ),
  ),
  edit: z.optional(z.strictObject({ to: messageId, text: filled }, like(EXAMPLES.edit.edit))),
  revoke: z.optional(z.strictObject({ to: messageId }, like(EXAMPLES.revoke.revoke))),
  /** The visitor opens the chat for the first time and has written nothing yet. */
  welcome: z.optional(z.literal(true)),
  /** Something businesses do not get, such as a poll. */
  unsupported: z.optional(filled),
};
export type ContentName = keyof typeof contentFields;
export const contentNames = Object.keys(contentFields) as ContentName[];

/** What a visitor does. */
export const playSchema = z.strictObject({
  ...contentFields,
  from: z.optional(phone),
  /** The business-scoped user id of a visitor; without `from` one who withholds the phone number. */
  bsuid: z.optional(z.string().check(z.regex(BSUID, 'must be like DE.7340021985561204'))),
  name: z._default(z.string(), 'Anna'),
  payload: z._default(z.enum(['v2', 'v1']), 'v2'),
  /** The message that is answered. */
  quote: z.optional(messageId),
  /** Of a tap or a form: the message that has the button. */
  to: z.optional(messageId),
  /** The channel's id, `ch_…`, or its 360dialog API key; needed only when there are several. */
  channel: z.optional(z.string()),
  token: z.optional(z.string()),
  /** The same id again is played as a repeat of the provider's. */
  id: z.optional(filled),
  /** Epoch seconds; now without it. */
  timestamp: z.optional(z.number()),
  hours_ago: z.optional(z.number().check(z.minimum(0))),
  /** What becomes of the next messages of the business to this visitor. */
  next: z.optional(z.strictObject(outcomeFields, like({ outcome: 'no-whatsapp' }))),
});
export type Play = z.output<typeof playSchema>;
