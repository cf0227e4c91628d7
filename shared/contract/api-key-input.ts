import * as z from 'zod/mini';

const error = 'must be 1 to 512 letters, digits and signs, no blanks or line breaks';

/** A key that goes to a foreign server in a header; null: none. */
export const apiKeySchema = z._default(
  z.nullable(z.string({ error }).check(z.maxLength(512, error), z.regex(/^[\x21-\x7e]+$/, error))),
  null,
);
