import { readErrorJson } from '../whatsapp/provider-error-body.ts';
import { decidingError } from '../whatsapp/provider-errors.ts';
import { withoutSecrets } from '../whatsapp/without-secrets.ts';

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
