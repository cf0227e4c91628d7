import * as z from 'zod/mini';
import { agentFieldsSchema } from './agent-input.ts';
import { channelFieldsSchema } from './channel-input.ts';
import { channelOptionsSchema } from './channel-options.ts';
import { transcriptionInputSchema } from './transcription-input.ts';

/**
 * Why 360dialog refuses every message of a channel, and since when. A block ends by itself once the
 * number may send again, or with an edit of the channel.
 */
const shownBlockSchema = z.object({
  code: z.number(),
  reason: z.string(),
  since: z.string(),
});

/** A channel as every answer of the admin endpoints shows it. Secrets are masked (docs/contract.md#answers-about-a-channel). */
export const channelViewSchema = z.extend(channelFieldsSchema, {
  id: z.string(),
  version: z.number(),
  /** `…` and the last four characters. */
  token: z.string(),
  /** Each header's value is `…`, and so is the key, where there is one. */
  agent: z.extend(agentFieldsSchema, {
    headers: z.record(z.string(), z.literal('…')),
    api_key: z.optional(z.literal('…')),
  }),
  /** The same of the transcriber. */
  options: z.extend(channelOptionsSchema, {
    transcription: z.nullable(
      z.extend(transcriptionInputSchema, {
        headers: z.record(z.string(), z.literal('…')),
        api_key: z.optional(z.literal('…')),
      }),
    ),
  }),
  /** Null in a list, which shows no secret; so is the next. */
  webhook_url: z.nullable(z.string()),
  incoming_request_url: z.nullable(z.string()),
  blocked: z.nullable(shownBlockSchema),
  /** Null: the channel is not held. */
  held: z.nullable(z.object({ since: z.string(), text: z.nullable(z.string()) })),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ChannelView = z.infer<typeof channelViewSchema>;

/** Something that did not work, but stopped nothing. Each code has one title; `detail` says what to do. */
export const warningSchema = z.object({
  code: z.enum(['provider-unreachable', 'webhook-not-registered', 'agent-silent']),
  title: z.string(),
  detail: z.string(),
});
export type Warning = z.infer<typeof warningSchema>;

/** One thing the doctor looked at: what it means and, unless it is `ok`, what to do. */
export const doctorFindingSchema = z.object({
  code: z.string(),
  level: z.enum(['ok', 'note', 'problem']),
  title: z.string(),
  detail: z.string(),
  cure: z.nullable(z.string()),
});
export type DoctorFinding = z.infer<typeof doctorFindingSchema>;

/** A reply in words, as the visitor would have got it; or why they would not. */
export const askedReplySchema = z.object({
  /** The type of a reply; of an attachment its kind. */
  kind: z.string(),
  text: z.string(),
  refused: z.nullable(z.string()),
});

/** What became of the question of a check (docs/contract.md#a-test-turn). */
export const askedAgentSchema = z.object({
  /** The question. */
  text: z.string(),
  outcome: z.enum(['answered', 'later', 'failed']),
  replies: z.array(askedReplySchema),
  dialog: z.nullable(z.enum(['open', 'close', 'operator'])),
  /** Why there is no answer, or which may not mean what its author thinks. */
  code: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  took_ms: z.number(),
});
export type AskedAgent = z.infer<typeof askedAgentSchema>;

/** Every answer about one channel. */
export const channelAnswerSchema = z.object({
  channel: channelViewSchema,
  warnings: z.array(warningSchema),
  /** Only at creation and at its own rotation: we keep a hash of it, so it cannot be shown again. */
  api_key: z.optional(z.string()),
  agent_secret: z.optional(z.string()),
  /** A webhook that was not ours, stood at the provider before, and has been replaced. */
  replaced_webhook: z.optional(z.string()),
  /** Only from `check`. */
  findings: z.optional(z.array(doctorFindingSchema)),
  /** Only from `check` with `ask`. */
  asked: z.optional(askedAgentSchema),
});
export type ChannelAnswer = z.infer<typeof channelAnswerSchema>;

/** One page of the channels; `next` is what the next page is asked for with, null on the last one. */
export const channelListSchema = z.object({
  channels: z.array(channelViewSchema),
  next: z.nullable(z.string()),
});
export type ChannelList = z.infer<typeof channelListSchema>;
