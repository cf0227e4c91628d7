import * as z from 'zod/mini';
import { addressSchema } from './agent-input.ts';
import { apiKeySchema } from './api-key-input.ts';
import { headersSchema } from './headers-input.ts';

const languageError = 'must be a language code, like de';
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$/;

const words = (max: number) => {
  const error = `must be text of 1 to ${max} characters`;
  return z.string({ error }).check(z.minLength(1, error), z.maxLength(max, error));
};

/** What an operator says of the server that makes text of voice notes: docs/contract.md#voice-notes-as-text. */
export const transcriptionInputSchema = z.object(
  {
    url: addressSchema('must be the address of the transcriber'),
    headers: z._default(headersSchema, {}),
    api_key: apiKeySchema,
    model: words(200),
    language: z.optional(
      z.nullable(z.string({ error: languageError }).check(z.regex(LANGUAGE, languageError))),
    ),
    prompt: z.optional(z.nullable(words(4096))),
  },
  { error: 'must be a transcriber (url, model) or null' },
);

/** The same as the row of a channel keeps it: without its secrets. */
export interface Transcription {
  url: string;
  model: string;
  language?: string;
  prompt?: string;
  header_names: string[];
  has_api_key?: true;
}
