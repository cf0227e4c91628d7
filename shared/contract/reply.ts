import * as z from 'zod/mini';
import { leavingOutEmpty } from '../kernel/leave-out-empty.ts';
import { read } from '../kernel/parse.ts';
import { contactCardSchema } from './contact-card.ts';
import { isReplyType, noReply } from './no-reply.ts';
import { isTooDeep, TOO_DEEP } from './reply-depth.ts';
import {
  between,
  caption,
  foreign,
  MAX_REPLY_TEXT,
  oneOf,
  parameters,
  said,
  seconds,
  someOf,
  templateLanguage,
  text,
  yesOrNo,
} from './reply-fields.ts';
import { address, buttonAddress } from './web-address.ts';

/** The most replies one answer may hold (docs/contract.md#what-the-agent-answers). */
export const MAX_REPLIES = 20;

/** What every reply may carry. */
const common = {
  id: z.optional(text(128)),
  reply_to: z.optional(text(512)),
  valid_for: z.optional(seconds),
  if_window_closed: z.optional(oneOf('refuse', 'template', 'park')),
};

const buttonSchema = z.pipe(
  z.transform((value) =>
    typeof value === 'string' || typeof value === 'number' ? { label: value } : value,
  ),
  z.object(
    { id: z.optional(text(256)), label: text(1024) },
    { error: 'must be a label, or an object like {"label": "Yes"}' },
  ),
);
const areApart = z.refine<{ id?: string | undefined }[]>(
  (buttons) => {
    const ids = buttons.flatMap(({ id }) => id ?? []);
    return new Set(ids).size === ids.length;
  },
  { error: 'must have ids that differ' },
);

const components = z.array(
  foreign('{"type": "body", "parameters": [{"type": "text", "text": "4711"}]}'),
  {
    error: 'must be a list of objects like {"type": "body", "parameters": []}',
  },
);

/** What WhatsApp takes for the label of a flow's button: docs/360dialog.md#sending. */
const flowLabel = (() => {
  const error = 'must be text of 1 to 20 characters, without emoji';
  return z.pipe(
    text(1024),
    z.string().check(
      z.maxLength(20, error),
      z.refine((label) => !EMOJI.test(label), { error }),
    ),
  );
})();
const EMOJI = /(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u20e3\ufe0f]/u;

/** What the first screen begins with; an empty object, which WhatsApp refuses, counts as left out. */
const screenData = z.pipe(
  z.transform((value) => (isEmptyObject(value) ? undefined : value)),
  z.optional(foreign('{"order": "4711"}')),
);
const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

/** The words of received messages for what is sent under another. */
function understood(value: unknown): unknown {
  if (typeof value === 'string') return { type: 'text', text: value };
  const { type, kind, voice } = Object(value) as Record<string, unknown>;
  if (type !== 'attachment') return value;
  if (kind === 'document') return { ...Object(value), kind: 'file' };
  return kind === 'voice' ? { ...Object(value), kind: 'audio', voice: voice ?? true } : value;
}

const replyOf = z.discriminatedUnion(
  'type',
  [
    z.object({
      type: z.literal('text'),
      text: said,
      preview_url: z.optional(yesOrNo),
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
      kind: oneOf('image', 'audio', 'video', 'file'),
      url: address,
      caption: z.optional(caption),
      filename: z.optional(text(255)),
      voice: z.optional(yesOrNo),
      send_as: z._default(oneOf('link', 'file'), 'link'),
      ...common,
    }),
    z.object({
      type: z.literal('template'),
      name: text(512),
      language: templateLanguage,
      parameters: z.optional(parameters),
      components: z.optional(components),
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
      emoji: z
        .string({ error: 'must be an emoji, or "" to take it back' })
        .check(z.maxLength(64, 'must be one emoji')),
      ...common,
    }),
    z.object({
      type: z.literal('link_button'),
      text: said,
      label: text(1024),
      url: buttonAddress,
      ...common,
    }),
    z.object({ type: z.literal('ask_location'), text: said, ...common }),
    z.object({ type: z.literal('ask_phone'), text: said, ...common }),
    z
      .object({
        type: z.literal('flow'),
        text: said,
        flow_id: text(256),
        cta: flowLabel,
        screen: z.optional(text(256)),
        data: z.optional(screenData),
        mode: z.optional(oneOf('published', 'draft')),
        header: z.optional(text(1024)),
        footer: z.optional(text(1024)),
        ...common,
      })
      .check(
        z.refine(({ data, screen }) => data === undefined || screen !== undefined, {
          error: 'needs the screen that it is for',
          path: ['data'],
        }),
      ),
    z.object({ type: z.literal('pause'), seconds: between(0, 60), ...common }),
    z.object({
      type: z.literal('raw'),
      message: foreign('{"type": "text", "text": {"body": "Hello"}}'),
      ...common,
    }),
  ],
  { error: ({ input }) => noReply(input) },
);

/** What the agent wants said (docs/contract.md#replies). */
export const replySchema = z.pipe(z.transform(understood), leavingOutEmpty(replyOf));
export type Reply = z.infer<typeof replySchema>;
/** A reply of one type. */
export type ReplyOf<T extends Reply['type']> = Extract<Reply, { type: T }>;

/** One reply, read alone; or why it is refused: a code of docs/contract.md#codes and the path of each fault. */
export type ReadReply =
  | { ok: true; reply: Reply }
  | { ok: false; code: 'reply-invalid' | 'reply-unsupported' | 'too-long'; reason: string };

/** Reads what an agent or the messages endpoint gave as a reply. `place`: where it stands. Never throws. */
export function readReply(value: unknown, place = ''): ReadReply {
  const at = (path: string) => [place, path].filter(Boolean).join('.') || 'reply';
  if (isTooDeep(value))
    return { ok: false, code: 'reply-invalid', reason: `${at('')}: ${TOO_DEEP}` };
  const outcome = read(replySchema, value);
  if (outcome.ok) return { ok: true, reply: outcome.value };
  const faults = outcome.errors.map(({ path, detail }) => `${at(path)}: ${detail}`);
  const reason = [...new Set(faults)].join('; ').slice(0, 500);
  return { ok: false, code: codeOf(wordsOf(value)), reason };
}

function codeOf({ type, text, caption }: ReturnType<typeof wordsOf>) {
  if (typeof type === 'string' && !isReplyType(type)) return 'reply-unsupported';
  const isLong = [text, caption].some((words) => (words?.length ?? 0) > MAX_REPLY_TEXT);
  return isLong ? 'too-long' : 'reply-invalid';
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
