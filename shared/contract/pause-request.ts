import * as z from 'zod/mini';
import { asNumber } from './reply-fields.ts';

/** A year: longer is no pause. */
const MOST_MINUTES = 365 * 24 * 60;
const error = `must be a whole number from 1 to ${MOST_MINUTES}`;

/** What the pause endpoint takes: from now on, so many minutes. */
export const pauseRequestSchema = z.object(
  {
    minutes: z.pipe(
      asNumber,
      z.number({ error }).check(z.int(error), z.minimum(1, error), z.maximum(MOST_MINUTES, error)),
    ),
  },
  { error: 'must be a JSON object' },
);
