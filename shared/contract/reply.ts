import * as z from 'zod/mini';
import { read } from '../kernel/parse.ts';
import { contactCardSchema } from './contact-card.ts';
import { isTooDeep, TOO_DEEP } from './reply-depth.ts';

/** The longest text a reply may hold, in UTF-16 units (docs/contract.md#replies). */
export const MAX_REPLY_TEXT = 65_536;
/** The most replies one answer may hold (docs/contract.md#what-the-agent-answers). */
export const MAX_REPLIES = 20;

/** Half a surrogate pair is no text, and no JSON parser has to take it. */
const wellFormed = z.overwrite<string>((value) => value.toWellFormed());
/** A name or a label: WhatsApp refuses blanks at its ends, so they are removed. */
const text = (max: number) => {
  const error = `must be text of 1 to ${max} characters`;
  return z
    .string({ error })
    .check(wellFormed, z.trim(), z.minLength(1, error), z.maxLength(max, error));
};
/** Words for the visitor, kept exactly as they are written. */
const said = (() => {
  const error = `must be text of at most ${MAX_REPLY_TEXT} characters, not only blanks`;
  const isSaid = z.refine<string>((value) => value.trim() !== '', { error });
  return z.string({ error }).check(wellFormed, isSaid, z.maxLength(MAX_REPLY_TEXT, error));
})();
/** An address that the visitor's phone or WhatsApp will open. */
const address = (() => {
  const error = 'must be an http or https address of at most 2048 characters';
  const isUrl = z.refine<string>((value) => URL.canParse(value), { error });
  return z
    .string({ error })
    .check(z.trim(), z.maxLength(2048, error), z.regex(/^https?:\/\/\S+$/i, error), isUrl);
})();
const between = (min: number, max: number) => {
  const error = `must be a number from ${min} to ${max}`;
  return z.number({ error }).check(z.minimum(min, error), z.maximum(max, error));
};
const someOf = <T extends z.ZodMiniType>(item: T, max: number) => {
  const error = `must be a list of 1 to ${max}`;
  return z.array(item, { error }).check(z.minLength(1, error), z.maxLength(max, error));
};
const loose = z.record(z.string(), z.unknown());

/** What every reply may carry. */
const common = {
  id: z.optional(text(128)),
  reply_to: z.optional(text(512)),
  valid_for: z.optional(z.number().check(z.positive())),
  if_window_closed: z.optional(z.enum(['refuse', 'template', 'park'])),
};

const buttonSchema = z.pipe(
  z.transform((value) => (typeof value === 'string' ? { label: value } : value)),
  z.object({ id: z.optional(text(256)), label: text(1024) }),
);
const areApart = z.refine<{ id?: string | undefined }[]>(
  (buttons) => {
    const ids = buttons.flatMap(({ id }) => id ?? []);
    return new Set(ids).size === ids.length;
  },
  { error: 'must have ids that differ' },
);

/** A value for a placeholder of a template; WhatsApp takes texts only, and no empty ones. */
const parameter = z.pipe(
  z.transform((value) => (typeof value === 'number' ? String(value) : value)),
  z.string({ error: 'must be text' }).check(
    wellFormed,
    z.refine((value) => value.trim() !== '', { error: 'must not be empty' }),
  ),
);
/** By name as WhatsApp has names, or by number; with both at once their order would be unknown. */
const areNames = z.refine<Record<string, string>>(
  (values) =>
    [/^[a-z][a-z0-9_]*$/i, /^\d+$/].some((name) =>
      Object.keys(values).every((key) => name.test(key)),
    ),
  { error: 'must be named as the template names them, or numbered' },
);
const parameters = z.union([z.array(parameter), z.record(z.string(), parameter).check(areNames)], {
  error: 'must be a list or an object of texts',
});

/** What the agent wants said (docs/contract.md#replies). */
export const replySchema = z.pipe(
  z.transform((value) => (typeof value === 'string' ? { type: 'text', text: value } : value)),
  z.discriminatedUnion(
    'type',
    [
      z.object({
        type: z.literal('text'),
        text: said,
        preview_url: z.optional(z.boolean()),
        ...common,
      }),
      z.object({
        type: z.literal('buttons'),
        text: said,
        buttons: someOf(buttonSchema, 100).check(areApart),
        header: z.optional(text(1024)),
        footer: z.optional(text(1024)),
        menu_label: z.optional(text(1024)),
        ...common,
      }),
      z.object({
        type: z.literal('attachment'),
        kind: z.enum(['image', 'audio', 'video', 'file']),
        url: address,
        caption: z.optional(z.string().check(wellFormed, z.maxLength(MAX_REPLY_TEXT))),
        filename: z.optional(text(255)),
        voice: z.optional(z.boolean()),
        send_as: z._default(z.enum(['link', 'file']), 'link'),
        ...common,
      }),
      z.object({
        type: z.literal('template'),
        name: text(512),
        language: text(15),
        parameters: z.optional(parameters),
        components: z.optional(z.array(loose)),
        ...common,
      }),
      z.object({
        type: z.literal('location'),
        latitude: between(-90, 90),
        longitude: between(-180, 180),
        name: z.optional(text(1024)),
        address: z.optional(text(1024)),
        ...common,
      }),
      z.object({
        type: z.literal('contacts'),
        contacts: someOf(contactCardSchema, 257),
        ...common,
      }),
      z.object({ type: z.literal('sticker'), url: address, ...common }),
      z.object({
        type: z.literal('reaction'),
        to_message_id: text(512),
        emoji: z.string().check(z.maxLength(64)),
        ...common,
      }),
      z.object({
        type: z.literal('link_button'),
        text: said,
        label: text(1024),
        url: address,
        ...common,
      }),
      z.object({ type: z.literal('ask_location'), text: said, ...common }),
      z.object({ type: z.literal('ask_phone'), text: said, ...common }),
      z.object({ type: z.literal('pause'), seconds: between(0, 60), ...common }),
      z.object({ type: z.literal('raw'), message: loose, ...common }),
    ],
    { error: 'must be a text, or an object with the type of a reply' },
  ),
);
export type Reply = z.infer<typeof replySchema>;
/** A reply of one type. */
export type ReplyOf<T extends Reply['type']> = Extract<Reply, { type: T }>;

const TYPES = new Set<unknown>(
  replySchema.def.out.def.options.flatMap(({ def }) => def.shape.type.def.values),
);

/** One reply, read alone; or why it is refused: a code of docs/contract.md#codes and the path of each fault. */
export type ReadReply =
  | { ok: true; reply: Reply }
  | { ok: false; code: 'reply-invalid' | 'reply-unsupported' | 'too-long'; reason: string };

/** Reads what an agent or the messages endpoint gave as a reply. Never throws. */
export function readReply(value: unknown): ReadReply {
  if (isTooDeep(value)) return { ok: false, code: 'reply-invalid', reason: `reply: ${TOO_DEEP}` };
  const outcome = read(replySchema, value);
  if (outcome.ok) return { ok: true, reply: outcome.value };
  const { type, text, caption } = wordsOf(value);
  if (typeof type === 'string' && !TYPES.has(type)) {
    return { ok: false, code: 'reply-unsupported', reason: 'type: there is no such reply' };
  }
  const isLong = [text, caption].some((words) => (words?.length ?? 0) > MAX_REPLY_TEXT);
  const faults = outcome.errors.map(({ path, detail }) => `${path || 'reply'}: ${detail}`);
  const reason = [...new Set(faults)].join('; ').slice(0, 500);
  return { ok: false, code: isLong ? 'too-long' : 'reply-invalid', reason };
}

function wordsOf(value: unknown): { type?: unknown; text?: string; caption?: string } {
  if (typeof value === 'string') return { text: value };
  const { type, text, caption } = Object(value) as Record<string, unknown>;
  return {
    type,
    ...(typeof text === 'string' && { text }),
    ...(typeof caption === 'string' && { caption }),
  };
}
