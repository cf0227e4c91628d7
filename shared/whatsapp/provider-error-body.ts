import * as z from 'zod/mini';
import type { ProviderError } from '../contract/message.ts';
import { read } from '../kernel/parse.ts';

/** How much of the provider's words an operator is shown. */
const MAX_WORDS = 500;

const number = z.coerce.number().check(z.int());
const text = z.catch(z.optional(z.string()), undefined);
const error = z.object({
  code: number,
  message: text,
  title: text,
  details: text,
  error_data: z.catch(z.optional(z.object({ details: text })), undefined),
});
const metaShape = z.object({ error });
const v1Shape = z.object({ errors: z.array(z.unknown()).check(z.minLength(1)) });
const gatewayShape = z.object({
  meta: z.object({ developer_message: text, developerMessage: text }),
});
const wordsShape = z.object({
  error: text,
  detail: z.catch(z.unknown(), undefined),
  message: text,
});

/**
 * The error and the words of an answer that is not a success: Meta's object, v1's list, the
 * gateway's `meta` in both spellings, `{"error": "text"}`, `{"detail": …}`. HTML and nonsense: neither.
 */
export function readErrorBody(body: string): { error: ProviderError | null; words: string } {
  const json = parseJson(body);
  const listed = read(v1Shape, json);
  const found = [
    read(metaShape, json),
    listed.ok ? read(metaShape, { error: listed.value.errors[0] }) : null,
  ].find((outcome) => outcome?.ok);
  if (found?.ok) return { error: errorOf(found.value.error), words: '' };
  return { error: null, words: cut(wordsIn(json)) };
}

function errorOf({
  code,
  message,
  title,
  details,
  error_data,
}: z.infer<typeof error>): ProviderError {
  const more = error_data?.details ?? details;
  return {
    code,
    title: cut(title ?? message ?? `error ${code}`),
    ...(more && { details: cut(more) }),
  };
}

function wordsIn(json: unknown): string {
  const gateway = read(gatewayShape, json);
  if (gateway.ok) {
    const { developer_message, developerMessage } = gateway.value.meta;
    const said = developer_message ?? developerMessage;
    if (said) return said;
  }
  const plain = read(wordsShape, json);
  if (!plain.ok) return '';
  const { error, detail, message } = plain.value;
  if (detail === undefined) return error ?? message ?? '';
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}

const cut = (words: string): string => words.replace(/\s+/g, ' ').trim().slice(0, MAX_WORDS);

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null; // HTML of a proxy: the HTTP status is all there is
  }
}
