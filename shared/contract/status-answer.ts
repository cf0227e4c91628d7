import * as z from 'zod/mini';

/** How one channel is, in a line: docs/contract.md#how-the-channels-are. Times are ISO 8601. */
export const channelStatusSchema = z.object({
  id: z.string(),
  title: z.string(),
  active: z.boolean(),
  last_inbound_at: z.nullable(z.string()),
  last_status_at: z.nullable(z.string()),
  /** The far side whose calls fail, so that the channel's jobs wait for it; null: calls to both succeed. */
  waiting: z.nullable(
    z.object({ for: z.enum(['agent', 'provider']), since: z.string(), failures: z.number() }),
  ),
  held: z.nullable(z.object({ since: z.string() })),
  blocked: z.nullable(z.object({ code: z.number(), since: z.string() })),
  dead_letters: z.object({ count: z.number(), more: z.boolean() }),
});
export type ChannelStatus = z.infer<typeof channelStatusSchema>;

export const statusAnswerSchema = z.object({
  channels: z.array(channelStatusSchema),
  next: z.nullable(z.string()),
});
export type StatusAnswer = z.infer<typeof statusAnswerSchema>;
