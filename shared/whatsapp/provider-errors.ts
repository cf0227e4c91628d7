import type { AfterRefusal, DeliveryFailureCode } from '../contract/delivery.ts';
import type { ProviderError } from '../contract/message.ts';
import { type ErrorBody, readErrorBody } from './provider-error-body.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A refusal of the provider's, read and judged. */
export interface ProviderRefusal extends ProviderError {
  next: AfterRefusal;
  /** What a reply that ends here says: `provider-<code>`, the HTTP status where there is no code. */
  failureCode: DeliveryFailureCode;
  /** The provider's own words, in one line, without what they may repeat of ours. */
  reason: string;
}

/**
 * Reads an answer that holds no success: every shape of docs/360dialog.md#error-shapes, of any HTTP status.
 * A 5xx in Meta's own words was not carried out, nor one in which the gateway says that what sends its
 * messages is away; any other 5xx leaves that unknown. Never throws.
 */
export function readProviderError(httpStatus: number, body: string): ProviderRefusal {
  const said = readErrorBody(body);
  const status = statusOf(httpStatus, said);
  const error = decidingError(said.errors);
  if (error && !isGateways(error, status))
    return refusal(error, afterCode(error) ?? afterStatus(status, said.words, true));
  const words = said.words || (error ? wordsOf(error) : '');
  const told = error ?? { code: status, title: words || `HTTP ${httpStatus}` };
  if (status === 502 && said.isJson && BACKEND_AWAY.test(words)) {
    return { ...refusal(told, 'retry'), failureCode: 'provider-unreachable' };
  }
  return refusal(told, afterStatus(status, words, false));
}

/**
 * The status to judge an answer by. A 2xx that says no is that no: with the status the gateway names,
 * else as a 400 would be. Plain text says no only where its words are known to.
 */
export function statusOf(status: number, { saysNo, words, httpCode }: ErrorBody): number {
  if (status >= 300 || !(saysNo || TOO_FAST.test(words) || ACCOUNT_TROUBLE.test(words)))
    return status;
  return httpCode !== null && httpCode >= 400 && httpCode < 600 ? httpCode : 400;
}

/** Judges an error that came later, in a `failed` status. What is unknown there is final. */
export const judgeLateError = (error: ProviderError): ProviderRefusal =>
  refusal(error, afterCode(error) ?? 'final');

/**
 * Of several errors the one that decides. First those that would refuse whatever went in this message's
 * place: the account's, the closed window, the missing phone number. Then the file's, because its
 * fallback may go although something else was wrong with the message. Then what waiting does not mend,
 * and last what it may; a code we do not know behind every one we do.
 */
const DECIDES: readonly AfterRefusal[] = [
  'account',
  'window',
  'phone-needed',
  'media',
  'final',
  'retry',
  'retry-few',
];

/** The error that decides, of errors that one message got; the first of those that decide the same. */
export function decidingError(errors: readonly ProviderError[]): ProviderError | null {
  const placeOf = (error: ProviderError) => {
    const next = afterCode(error);
    return next ? DECIDES.indexOf(next) : DECIDES.length;
  };
  const [first] = errors
    .map((error) => ({ error, place: placeOf(error) }))
    .sort((one, other) => one.place - other.place);
  return first?.error ?? null;
}

const refusal = (error: ProviderError, next: AfterRefusal): ProviderRefusal => ({
  ...error,
  next,
  failureCode: `provider-${error.code}`,
  reason: withoutSecrets(wordsOf(error)),
});

/**
 * The error without the provider's words, which may name a visitor. It is judged as it was: what is left of
 * the words is whether they name a file.
 */
export function withoutWords(error: ProviderError): ProviderError {
  const file = wordForFile(error);
  return { code: error.code, title: `Error ${error.code}${file ? ` (${file})` : ''}` };
}

const wordsOf = ({ title, details }: ProviderError): string =>
  details && details !== title ? `${title}: ${details}` : title;

/**
 * What follows each code: docs/360dialog.md#error-codes, from …/whatsapp/support/error-codes and, for v1's codes
 * (400 to 2064), developers.facebook.com/docs/whatsapp/api/errors.
 */
const CODES: Record<AfterRefusal, (number | [from: number, to: number])[]> = {
  retry: [2, 4, 429, 1011, 1015, 1016, 1023, 80007, 130429, 131016, 131056, 131057, 133004],
  'retry-few': [1, 500, 1000, 1014, 131000],
  account: [
    ...[0, 3, 10, 33, 190, [200, 299] as [number, number], 368],
    ...[402, 430, 432, 433, 471, 1005, 1022, 1024],
    ...[131005, 131031, 131037, 131042, 131045, 131048, 131063, 131064],
    ...[133000, 133005, 133006, [133008, 133010] as [number, number], 133015, 133016, 134011],
  ],
  window: [470, 131047],
  media: [400, 131051, 131052, 131053],
  'phone-needed': [131062],
  final: [
    ...[100, 408, 410, 472, 480, 501, 1006, [1008, 1010] as [number, number], 1013],
    ...[1021, 1025, 1026, [2000, 2064] as [number, number]],
    ...[130472, 130497, 131008, 131009, 131021, 131026, 131049, 131050],
    ...[132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069],
    ...[135000, 137000],
  ],
  unknown: [],
};

/** "A parameter is wrong" concerns the file only where the words name it; only then its link goes as text. */
const PARAMETER_CODES = [100, 1008, 1009, 131008, 131009];
const NAMES_MEDIA = /\b(media|image|video|audio|document|sticker|mime|upload|download|weblink)\b/i;

/** The old API's "internal error", which is about the file also where it names what it could not fetch. */
const INTERNAL_ERROR = 1014;
const NAMES_ADDRESS = /\bhttps?:\/\/|\burl\b|\bresolve host\b|\bport \d/i;

/** A page to read about the error says nothing of the file. */
const HELP_PAGE = /^(?:see|https?:\/\/[^/]*\b(?:facebook|whatsapp|360dialog)\.(?:com|io)\b)/i;
const withoutHelpPages = (words: string): string =>
  words.replace(/(?:\bsee:? )?https?:\/\/\S+/gi, (link) => (HELP_PAGE.test(link) ? '' : link));

/** By which word an error concerns the file; undefined: it does not, or that is not said. */
function wordForFile(error: ProviderError): string | undefined {
  const words = withoutHelpPages(wordsOf(error));
  const [word] = words.match(NAMES_MEDIA) ?? [];
  if (word) return word.toLowerCase();
  return error.code === INTERNAL_ERROR && NAMES_ADDRESS.test(words) ? 'url' : undefined;
}

function afterCode(error: ProviderError): AfterRefusal | null {
  const mayBeFile = error.code === INTERNAL_ERROR || PARAMETER_CODES.includes(error.code);
  if (mayBeFile && wordForFile(error)) return 'media';
  const isIn = (entry: number | [number, number]) =>
    typeof entry === 'number'
      ? entry === error.code
      : entry[0] <= error.code && error.code <= entry[1];
  const found = Object.entries(CODES).find(([, codes]) => codes.some(isIn));
  return found ? (found[0] as AfterRefusal) : null;
}

/** The gateway's own refusals come as 400 with nothing but a sentence (docs/360dialog.md#error-shapes). */
const TOO_FAST = /rate limit|limit of \d{1,9} request|too many requests/i;
const ACCOUNT_TROUBLE = /payment|invoice|disabled|api.?key/i;

/**
 * A code that is an HTTP status is the word of the gateway or of a proxy, where Meta has no such code. A
 * server's fault that repeats the answer's own status is so too, although the old API has a 500.
 */
function isGateways(error: ProviderError, status: number): boolean {
  const { code } = error;
  const isServerFault = code >= 500 && code < 600;
  if (code === status && isServerFault) return true;
  return (code === status || isServerFault) && afterCode(error) === null;
}

/**
 * The gateway's 502 (docs/360dialog.md#error-shapes): nothing was passed on. A proxy's 502, in HTML,
 * in plain text or about a backend of its own, may come after WhatsApp has taken the message.
 */
const BACKEND_AWAY = /\bmessaging backend (?:is )?(?:not available|unavailable)\b/i;

function afterStatus(status: number, words: string, fromMeta: boolean): AfterRefusal {
  if (status >= 500) return fromMeta ? 'retry' : 'unknown';
  if (status === 429 || status === 425 || TOO_FAST.test(words)) return 'retry';
  if (status === 408 || status < 300) return 'unknown'; // it left, and the answer does not say what came of it
  if (fromMeta) return 'final';
  // The sandbox says 403 to a number that is not the tester's own: a matter of this message alone.
  if (status === 403) return /verified/i.test(words) ? 'final' : 'account';
  if (status === 401 || status === 402) return 'account';
  if (status === 400 && ACCOUNT_TROUBLE.test(words)) return 'account';
  return 'final';
}
