import * as z from 'zod/mini';

/** The longest answer an agent may give, in bytes (docs/contract.md#what-the-agent-answers). */
export const MAX_ANSWER_BYTES = 256 * 1024;

/** What an agent may say of the dialog. */
export const DIALOG_WORDS = ['open', 'close', 'operator'] as const;

/** The word as it is written here: case and blanks around it do not count. */
export const dialogWord = (written: unknown): unknown =>
  typeof written === 'string' ? written.trim().toLowerCase() : written;

/**
 * An agent's answer as a whole. Each reply in it is read on its own, later, so that a bad one does
 * not stop the others. What is no known `dialog` counts as `open`.
 */
export const agentAnswerSchema = z.object({
  replies: z._default(z.array(z.unknown()), []),
  dialog: z.catch(
    z._default(z.pipe(z.transform(dialogWord), z.enum(DIALOG_WORDS)), 'open'),
    'open',
  ),
});
export type AgentAnswer = z.infer<typeof agentAnswerSchema>;
