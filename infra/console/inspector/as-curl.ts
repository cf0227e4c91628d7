import type { Exchange } from '../../local/inspector/trail.ts';

/** A call as a command for the terminal. */
export function asCurl({ method = 'GET', url = '', headers = {}, body }: Exchange): string {
  const address = url.startsWith('/') ? location.origin + url : url;
  const given = Object.entries(headers)
    .filter(([name]) => !PASSED_OVER.has(name))
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const data = body === null || body === undefined ? [] : [`-d ${quoted(textOf(body))}`];
  return [`curl -X ${method} ${quoted(address)}`, ...given, ...data].join(' \\\n  ');
}

/** What curl says itself, and what belongs to one connection. */
const PASSED_OVER = new Set([
  ...['host', 'connection', 'content-length', 'accept', 'accept-encoding', 'accept-language'],
  ...['user-agent', 'sec-fetch-mode', 'transfer-encoding'],
]);

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** For a shell: only an apostrophe ends what stands between apostrophes. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
