import * as z from 'zod/mini';
import { chatViewSchema } from './chat-view.ts';
import { letterSummarySchema } from './letter-view.ts';
import { channelStatusSchema } from './status-answer.ts';

/** One message of WhatsApp's that a reply became. Times are ISO 8601. */
const tracedPartSchema = z.object({
  /** As `GET replies` has it; `waiting` also where it has not begun. */
  status: z.string(),
  at: z.nullable(z.string()),
  code: z.nullable(z.string()),
  /** The provider's words, or ours. */
  reason: z.nullable(z.string()),
  /** Requests begun. */
  attempts: z.number(),
  /** When it is tried again; null: no time is set. */
  retry_at: z.nullable(z.string()),
  message_id: z.nullable(z.string()),
});
export type TracedPart = z.infer<typeof tracedPartSchema>;

/** A reply without its words. */
const tracedReplySchema = z.object({
  reply_id: z.string(),
  /** The fallback template went for this reply; null: it is a reply itself. */
  instead_of: z.nullable(z.string()),
  accepted_at: z.string(),
  /** The sender has not looked at it yet: it has no parts. */
  queued: z.boolean(),
  parts: z.array(tracedPartSchema),
  notes: z.array(z.string()),
  /** What the agent has heard of it: a status, or a status and a part. */
  told: z.array(z.string()),
});
export type TracedReply = z.infer<typeof tracedReplySchema>;

/** An event that the agent is asked about, or a request of a caller's, without its words. */
const tracedTurnSchema = z.object({
  event_id: z.string(),
  begun_at: z.string(),
  ended_at: z.nullable(z.string()),
  attempts: z.number(),
  timeouts: z.number(),
  /** `answered`, `later`, `failed` …; null: it has not ended. */
  outcome: z.nullable(z.string()),
  /** Why it failed. */
  code: z.nullable(z.string()),
  /** How many replies it brought. */
  replies: z.number(),
  /** When an operator had it asked about again. */
  redriven_at: z.array(z.string()),
  /** The event of a newer message that answers this one as well. */
  merged_into: z.nullable(z.string()),
  /** It waits for the messages that follow (`burst_ms`). */
  waits_for_more: z.boolean(),
});
export type TracedTurn = z.infer<typeof tracedTurnSchema>;

/** Everything that stands under one id: docs/contract.md#one-id-for-the-whole-way. */
const storySchema = z.object({
  trace_id: z.string(),
  turns: z.array(tracedTurnSchema),
  replies: z.array(tracedReplySchema),
});
export type Story = z.infer<typeof storySchema>;

/** What the table knows of a message, a reply or a visitor, without words: docs/contract.md#traces. */
export const traceAnswerSchema = z.object({
  channel: z.pick(channelStatusSchema, {
    id: true,
    title: true,
    active: true,
    waiting: true,
    held: true,
    blocked: true,
  }),
  /** Null: nothing is known of a chat. */
  chat: z.nullable(
    z.extend(
      z.pick(chatViewSchema, {
        chat_id: true,
        last_inbound_at: true,
        window: true,
        paused_until: true,
        held_by: true,
        parked: true,
        opted_out: true,
      }),
      { phone: z.nullable(z.string()) },
    ),
  ),
  /** The newest first. */
  stories: z.array(storySchema),
  /** Work of these stories that was given up, or of a visitor's. */
  dead_letters: z.array(letterSummarySchema),
});
export type TraceAnswer = z.infer<typeof traceAnswerSchema>;
