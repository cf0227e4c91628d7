import * as z from 'zod/mini';
import { chatViewSchema } from './chat-view.ts';
import { replyViewSchema } from './reply-view.ts';

/** A turn as an operator sees it, with what became of each of its replies. Times are ISO 8601. */
const turnRecordSchema = z.object({
  event_id: z.string(),
  begun_at: z.string(),
  ended_at: z.nullable(z.string()),
  attempts: z.number(),
  /** How it ended, with the words the agent or a caller wrote; null: it has not ended. */
  outcome: z.unknown(),
  replies: z.array(replyViewSchema),
});
export type TurnRecord = z.infer<typeof turnRecordSchema>;

/** Something that was said, as it is kept for the agent's memory. Times are ISO 8601. */
const saidRecordSchema = z.object({
  from: z.enum(['visitor', 'agent', 'human']),
  at: z.string(),
  kind: z.string(),
  text: z.string(),
  event_id: z.optional(z.string()),
  message_id: z.optional(z.string()),
  reply_id: z.optional(z.string()),
});

/** Work about this visitor that was given up. Times are ISO 8601. */
const letterRecordSchema = z.object({
  id: z.string(),
  queue: z.string(),
  code: z.string(),
  reason: z.string(),
  attempts: z.number(),
  at: z.string(),
  /** What came in, as it is kept. Of what could not be read it may hold other people's words as well. */
  job: z.unknown(),
});
export type LetterRecord = z.infer<typeof letterRecordSchema>;

/**
 * A page of everything that is held about one visitor: docs/contract.md#chats-as-the-operator-sees-them.
 * `chat`, `names` and `row` are in each page.
 */
export const chatRecordSchema = z.object({
  chat: chatViewSchema,
  /** `phone:…`, `bsuid:…`: what leads to the chat. */
  names: z.array(z.string()),
  /** The chat's row as the table keeps it. */
  row: z.record(z.string(), z.unknown()),
  turns: z.array(turnRecordSchema),
  /** What was said, the newest first; where the channel keeps a history. */
  history: z._default(z.array(saidRecordSchema), []),
  dead_letters: z.array(letterRecordSchema),
  /** The `cursor` of the next page; null: this is the last. */
  next: z.nullable(z.string()),
});
export type ChatRecord = z.infer<typeof chatRecordSchema>;
