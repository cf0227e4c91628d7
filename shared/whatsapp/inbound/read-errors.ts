import type { ProviderError } from '../../contract/message.ts';
import { defined, isJson, numberAt, objectAt, wordAt } from '../foreign-json.ts';

/** WhatsApp's own code for "something went wrong", taken where an error names no code. */
const UNKNOWN_ERROR = 131000;
const LONGEST_TITLE = 1000;

/** WhatsApp's errors, in v2 with `error_data`, in v1 without. What is no error is left out. */
export const readErrors = (list: unknown[]): ProviderError[] => list.flatMap(readError);

/** One of them, or none. */
export function readError(raw: unknown): ProviderError[] {
  if (!isJson(raw)) return [];
  const code = numberAt(raw, 'code');
  const title = wordAt(raw, 'title') ?? wordAt(raw, 'message');
  if (code === null && !title) return [];
  const details = wordAt(objectAt(raw, 'error_data'), 'details') ?? wordAt(raw, 'details');
  return [
    defined({
      code: code ?? UNKNOWN_ERROR,
      title: (title ?? '').slice(0, LONGEST_TITLE),
      details: details?.slice(0, LONGEST_TITLE),
    }),
  ];
}
