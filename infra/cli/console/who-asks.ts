import type { HttpAsk } from '../../local/http/serve.ts';

/** The names under which a browser of this machine reaches a port of it. */
const hostsOf = (port: number): string[] =>
  ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);

/**
 * Why a call is refused although it may know the secret: it came under a foreign name that leads to this
 * machine, or from a page that is not this console, also one of another port. Null: it is not refused.
 */
export function whyForeign(
  { headers, method, path }: HttpAsk,
  port: number,
): 'Host' | 'Origin' | null {
  const { host = '', origin } = headers;
  if (!hostsOf(port).includes(host)) return 'Host';
  if (origin !== undefined && origin !== `http://${host}`) return 'Origin';
  // Sent by every browser of today; a link to a page of the console may be anywhere.
  const site = headers['sec-fetch-site'] ?? 'none';
  const isLink =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && !path.startsWith('/admin/');
  return site === 'same-origin' || site === 'none' || isLink ? null : 'Origin';
}
