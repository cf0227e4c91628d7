import { readErrorJson } from '../whatsapp/provider-error-body.ts';
import { decidingError } from '../whatsapp/provider-errors.ts';

const MAX_WORDS = 200;

/**
 * What the provider says about a refusal, for an operator to read; null when it says nothing. Cut
 * short, without addresses, keys and numbers: it may repeat what we sent.
 */
export function providerWords(json: unknown): string | null {
  const { errors, words } = readErrorJson(json);
  const error = decidingError(errors);
  const said = words || (error?.details ?? error?.title ?? '');
  return said ? withoutSecrets(said).slice(0, MAX_WORDS) : null;
}

const withoutSecrets = (words: string): string =>
  words
    .replace(/https?:\/\/\S+/gi, '…')
    .replace(/[\w-]{20,}/g, '…')
    .replace(/[+\d\s().-]{7,}/g, withoutNumber)
    .replace(/\s+/g, ' ')
    .trim();

/** Seven signs from its first digit to its last may be a phone number. */
function withoutNumber(signs: string): string {
  const from = signs.search(/\d/);
  const to = signs.length - [...signs].reverse().findIndex((sign) => /\d/.test(sign));
  if (from < 0 || to - from < 7) return signs;
  return `${signs.slice(0, signs[from - 1] === '+' ? from - 1 : from)}…${signs.slice(to)}`;
}
