import * as z from 'zod/mini';

/** An external system wants the agent to write first (docs/contract.md#incoming_request). */
export const incomingRequestSchema = z.object({
  event_id: z.string(),
  chat_id: z.string(),
  /** JSON or form fields as a value, other text as it came; `{}` for none, and for one over 64 KB. */
  body: z.unknown(),
  /** Without what is secret or only concerns the way it came. */
  headers: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
  is_urgent: z.boolean(),
});
export type IncomingRequest = z.infer<typeof incomingRequestSchema>;

/** What the endpoint answers: 202. */
export const incomingRequestAnswerSchema = z.object({ event_id: z.string() });
export type IncomingRequestAnswer = z.infer<typeof incomingRequestAnswerSchema>;
