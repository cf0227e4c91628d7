import * as z from 'zod/mini';
import { read } from '../kernel/parse.ts';

const MAX_WORDS = 200;

const said = z.catch(z.optional(z.string()), undefined);
const section = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.catch(z.optional(z.object(shape)), undefined);

/** The shapes of docs/360dialog.md#error-shapes that hold a sentence, in both spellings that are documented. */
const wordsSchema = z.object({
  meta: section({ developer_message: said, developerMessage: said }),
  error: z.catch(z.optional(z.union([z.string(), z.object({ message: said })])), undefined),
  detail: said,
  errors: z.catch(z.optional(z.array(z.object({ title: said, details: said }))), undefined),
});

/**
 * What the provider says about a refusal, for an operator to read; null when it says nothing. Cut
 * short, without addresses, keys and numbers: it may repeat what we sent.
 */
export function providerWords(json: unknown): string | null {
  const found = read(wordsSchema, json);
  if (!found.ok) return null;
  const { meta, error, detail, errors } = found.value;
  const words =
    meta?.developer_message ??
    meta?.developerMessage ??
    (typeof error === 'string' ? error : error?.message) ??
    detail ??
    errors?.[0]?.details ??
    errors?.[0]?.title;
  return words ? withoutSecrets(words).slice(0, MAX_WORDS) : null;
}

const withoutSecrets = (words: string): string =>
  words
    .replace(/https?:\/\/\S+/gi, '…')
    .replace(/[\w-]{20,}/g, '…')
    .replace(/\+?\d[\d\s().-]{5,}\d/g, '…')
    .replace(/\s+/g, ' ')
    .trim();
