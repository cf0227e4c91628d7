import * as z from 'zod/mini';

/** One WhatsApp text. */
const MOST = 4096;
const error = `must be a text of at most ${MOST} characters`;

/** What the hold of a channel takes: what visitors are told; nothing if it is left out. */
export const holdRequestSchema = z.object(
  {
    text: z.optional(
      z.nullable(z.string({ error }).check(z.minLength(1, error), z.maxLength(MOST, error))),
    ),
  },
  { error: 'must be an object like {"text": "We are back at nine."}' },
);
