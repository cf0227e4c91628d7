import * as z from 'zod/mini';
import { MAX_REPLY_TEXT } from './reply-fields.ts';

/**
 * An address as the agent wrote it, in the form in which it can be sent: blanks, letters beyond ASCII and
 * other signs that no address may hold are percent-encoded, and nothing else is touched, because it may
 * be signed. What is missing at its beginning is filled in, and backslashes are read as browsers do. Null: it
 * is no http or https address.
 */
export function webAddress(written: string): string | null {
  const address = withScheme(
    written
      .trim()
      .replace(/[\t\r\n]/g, '')
      .replace(/^[^?#]+/, (path) => path.replaceAll('\\', '/'))
      .toWellFormed(),
  );
  const [begin = '', scheme = '', host = ''] = /^(https?:\/\/)([^/?#]+)/i.exec(address) ?? [];
  if (host === '' || !URL.canParse(address)) return null;
  const plainHost = /^[\x21-\x7e]+$/.test(host) ? host : new URL(address).host;
  return scheme + plainHost + address.slice(begin.length).replace(UNSENDABLE, encodeURIComponent);
}

/** Of what has no scheme only what begins with `//` or `www.` is surely an address: `photo.jpg?v=2` and `John.Doe` are none. */
function withScheme(address: string): string {
  if (/^https?:/i.test(address)) return address.replace(/^(https?:)\/(?!\/)/i, '$1//');
  if (/^\/\/[^/?#.]+\./.test(address)) return `https:${address}`;
  return /^www\.[^/?#.]+\./i.test(address) ? `https://${address}` : address;
}

/** RFC 3986: neither reserved nor unreserved; and a percent sign that begins no code. */
const UNSENDABLE = /[^\x21-\x7e]|["<>\\^`{|}]|%(?![0-9a-fA-F]{2})/gu;

const error = `must be an http or https address of at most ${MAX_REPLY_TEXT} characters`;

/** An address that the visitor's phone or WhatsApp will open. */
export const address = z.pipe(
  z.transform((value) => (typeof value === 'string' ? (webAddress(value) ?? value) : value)),
  z.string({ error }).check(
    z.maxLength(MAX_REPLY_TEXT, error),
    z.refine((value) => webAddress(value) !== null, { error }),
  ),
);

/** What else a button may open; WhatsApp's opens web addresses only, so these go as text. */
const PERSONAL = /^(tel|sms|mailto):[^\s]/i;
const personalError = `${error}, or a tel:, sms: or mailto: one`;

/** The address of a link button. */
export const buttonAddress = z.pipe(
  z.transform((value) => (typeof value === 'string' ? (webAddress(value) ?? value.trim()) : value)),
  z.string({ error: personalError }).check(
    z.maxLength(MAX_REPLY_TEXT, personalError),
    z.refine((value) => webAddress(value) !== null || PERSONAL.test(value), {
      error: personalError,
    }),
  ),
);
