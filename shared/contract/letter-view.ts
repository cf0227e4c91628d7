import * as z from 'zod/mini';

/**
 * A dead letter in a list: what was given up and why, without people's words
 * (docs/contract.md#dead-letters). Times are ISO 8601.
 */
export const letterSummarySchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  queue: z.enum(['inbound', 'outbound', 'statuses', 'news']),
  /** What the job was: `message`, `reply`, `status` …; null: it cannot be read. */
  about: z.nullable(z.string()),
  code: z.string(),
  /** What happened this time, in one sentence. */
  reason: z.string(),
  /** What the code means. */
  why: z.string(),
  what_to_do: z.string(),
  /** False: nothing would come of redriving it. */
  redrivable: z.boolean(),
  attempts: z.number(),
  at: z.string(),
  event_id: z.nullable(z.string()),
  chat_id: z.nullable(z.string()),
  reply_id: z.nullable(z.string()),
});
export type LetterSummary = z.infer<typeof letterSummarySchema>;

/** One dead letter, with the job and the words in it. */
export const letterViewSchema = z.extend(letterSummarySchema, { job: z.unknown() });
export type LetterView = z.infer<typeof letterViewSchema>;

/** A page of dead letters; a page may be empty although another one follows. */
export const letterListSchema = z.object({
  dead_letters: z.array(letterSummarySchema),
  /** The `next` of the query for the next page; null: this is the last. */
  next: z.nullable(z.string()),
});
export type LetterList = z.infer<typeof letterListSchema>;
