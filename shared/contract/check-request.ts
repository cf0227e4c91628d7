import * as z from 'zod/mini';

/** One WhatsApp text. */
const MOST = 4096;
const error = `must be a text of 1 to ${MOST} characters`;

/** What the check of a channel takes: a question that its agent is really asked; none if it is left out. */
export const checkRequestSchema = z.object(
  {
    ask: z.optional(
      z.nullable(z.string({ error }).check(z.minLength(1, error), z.maxLength(MOST, error))),
    ),
  },
  { error: 'must be an object like {"ask": "ping"}' },
);
