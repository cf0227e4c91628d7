import * as z from 'zod/mini';
import { nestsDeeperThan } from '../kernel/nesting.ts';
import { MAX_LEVELS, TOO_DEEP } from './reply-depth.ts';
import { templateLanguage } from './reply-fields.ts';
import type { Transcription } from './transcription-input.ts';

/** A number with its limits, and a sentence that names them when it is not one. */
const between = (min: number, max: number, fallback: number) => {
  const error = `must be a number from ${min} to ${max}`;
  return z._default(
    z.number({ error }).check(z.minimum(min, error), z.maximum(max, error)),
    fallback,
  );
};
/** More turns than any chat has in an hour. */
const MOST_TURNS = 1_000_000;
const whole = (max: number, fallback: number) => {
  const error = `must be a whole number from 0 to ${max}`;
  const checks = [z.int(error), z.minimum(0, error), z.maximum(max, error)] as const;
  return z._default(z.number({ error }).check(...checks), fallback);
};
const oneOf = <const T extends [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const text = (max: number) => {
  const error = `must be text of 1 to ${max} characters`;
  return z.string({ error }).check(z.minLength(1, error), z.maxLength(max, error));
};
const ON_OFF: Record<string, unknown> = { true: 'on', false: 'off' };
const WEEK_MINUTES = 7 * 24 * 60;

/** JSON writes `1e400`, which reads as infinity, as null. */
const isWritable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).every(isWritable)
    : typeof value !== 'number' || Number.isFinite(value);

/** A template that goes when a message may not (docs/contract.md#the-closed-window, `if_window_closed`). */
export const fallbackTemplateSchema = z.object(
  {
    name: text(512),
    language: templateLanguage,
    parameters: z.optional(
      z.union([z.array(z.string()), z.record(z.string(), z.string())], {
        error: 'must be a list or an object of texts',
      }),
    ),
    components: z.optional(
      z.array(z.record(z.string(), z.unknown()), { error: 'must be a list of objects' }).check(
        z.refine((value) => !nestsDeeperThan(MAX_LEVELS, value), { error: TOO_DEEP }),
        z.refine(isWritable, { error: 'must hold no number beyond 1e308' }),
      ),
    ),
  },
  { error: 'must be a template (name, language) or null' },
);

/** At least as long as words are kept of their own: an idle chat never ends before what was said in it. */
const daysToKeep = () => {
  const error = 'must be a whole number from 14 to 3650, or null';
  return z.number({ error }).check(z.int(error), z.minimum(14, error), z.maximum(3650, error));
};

const wordList = () => {
  const error = 'must be a list of at most 50 texts';
  return z._default(z.array(text(64), { error }).check(z.maxLength(50, error)), []);
};

/** How a channel behaves; every field has a default, so `{}` is whole (docs/contract.md#options). */
export const channelOptionsSchema = z.object(
  {
    choices: z._default(oneOf('numbered', 'list'), 'numbered'),
    markdown: z._default(oneOf('as-is', 'convert'), 'as-is'),
    if_window_closed: z._default(oneOf('refuse', 'template', 'park'), 'refuse'),
    fallback_template: z._default(z.nullable(fallbackTemplateSchema), null),
    park_hours: between(1, 24, 24),
    /** A visitor whose message is one of these, in any case, wants no templates any more. */
    stop_words: wordList(),
    /** A visitor whose message is one of these takes a stop word back. Nothing else does. */
    start_words: wordList(),
    typing_indicator: z._default(
      z.pipe(
        z.transform((value) => ON_OFF[String(value)] ?? value),
        oneOf('on', 'read', 'off'),
      ),
      'on',
    ),
    agent_failed_text: z._default(z.nullable(text(4096)), null),
    dialog_idle_minutes: whole(WEEK_MINUTES, 60),
    incoming_request_when_open: z._default(oneOf('deliver', 'refuse'), 'deliver'),
    pause_on_human_minutes: whole(WEEK_MINUTES, 60),
    wait_after_media_ms: whole(20_000, 3_000),
    max_wait_minutes: whole(600, 60),
    notification_timeout_minutes: whole(24 * 60, 10),
    unknown_outcome: z._default(oneOf('resend', 'report'), 'resend'),
    media_url_ttl_hours: between(1, 168, 24),
    /** Messages of one chat that follow one another within it are one turn ("debounce"); 0: each is one. */
    burst_ms: whole(60_000, 0),
    burst_max_ms: whole(120_000, 10_000),
    /** How many turns of a chat an event tells, as `history`; 0: none, and nothing is kept for it. */
    history_turns: whole(50, 0),
    /** Beyond so many messages of one chat in an hour the agent is not asked; 0: always. */
    max_turns_per_hour: whole(MOST_TURNS, 200),
    /** Days without a message in a chat, from either side; null: chats are kept. */
    forget_after_days: z._default(z.nullable(daysToKeep()), null),
    require_webhook_header: z._default(z.boolean({ error: 'must be true or false' }), false),
  },
  { error: 'must be an object' },
);
/** `transcription`: absent where there is none. */
export type ChannelOptions = z.infer<typeof channelOptionsSchema> & {
  transcription?: Transcription;
};
