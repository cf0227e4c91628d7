import * as z from 'zod/mini';

/** The longest answer an agent may give, in bytes (docs/contract.md#us-to-the-agent). */
export const MAX_ANSWER_BYTES = 256 * 1024;

/**
 * The outside of an agent's answer. Replies are judged one by one, later: a bad one must not take
 * the others with it.
 */
export const agentAnswerSchema = z.object({
  replies: z._default(z.array(z.unknown()), []),
  dialog: z.catch(z._default(z.enum(['open', 'close', 'operator']), 'open'), 'open'),
});
export type AgentAnswer = z.infer<typeof agentAnswerSchema>;
