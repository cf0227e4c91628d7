import { randomBytes } from 'node:crypto';
import { listenOnLoopback } from '../../local/http/listen-on-loopback.ts';
import { problemAnswer } from '../../local/http/problem-answer.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../local/http/serve.ts';
import type { AdminApi } from '../ask-admin-api.ts';
import type { ConsoleFile } from './console-bundle.ts';
import { ConsoleSecret } from './console-secret.ts';
import { forwardCall } from './forward-call.ts';
import { whyForeign } from './who-asks.ts';

/** More than any channel; what is longer is no call of the page. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Nothing but its own script and style runs or shows, and the page may call this server only. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // People's words must not stay in the browser's cache.
  'cache-control': 'no-store',
};

const PAGES = /^\/(?:$|(?:channels|chats|dead-letters)(?:\/|$))/;
const CLOSED =
  'Open the address that npm run console has printed: it holds the secret of this run.\n';

export interface OpenConsole {
  /** With the secret: what a person opens. */
  url: string;
  close(): Promise<void>;
}

/** Serves the page of a deployed stack to this machine, and makes its calls at the stack's endpoints. */
export async function serveConsole(
  api: AdminApi,
  files: ReadonlyMap<string, ConsoleFile>,
  { port: wanted }: { port: number },
): Promise<OpenConsole | 'port-taken'> {
  let answerTo = (_ask: HttpAsk): Promise<HttpAnswer> | HttpAnswer => ({ status: 503 });
  const listener = serve(async (ask) => withHeaders(await answerTo(ask)), {
    maxBodyBytes: MAX_BODY_BYTES,
  });
  const listening = await listenOnLoopback(listener, wanted).catch(portTaken);
  if (listening === 'port-taken') return listening;
  const { port } = listening;
  const secret = new ConsoleSecret(randomBytes(32).toString('base64url'), port);
  answerTo = (ask) => refuse(ask, secret, port) ?? answer(ask, { api, files });
  return { url: `http://localhost:${port}/${secret.query}`, close: listening.close };
}

/** What a call gets that is not let in, and the first visit. Null: it is let in. */
function refuse(ask: HttpAsk, secret: ConsoleSecret, port: number): HttpAnswer | null {
  const foreign = whyForeign(ask, port);
  if (foreign) return problemAnswer(403, 'unauthorized', `Refused because of its ${foreign}.`);
  if (ask.method === 'GET' && secret.isInQuery(ask.query)) {
    // From here on the secret stands in no address.
    return { status: 303, headers: { location: ask.path, 'set-cookie': secret.setCookie } };
  }
  if (secret.isInCookies(ask.headers.cookie)) return null;
  return ask.path.startsWith('/admin/')
    ? problemAnswer(403, 'unauthorized', CLOSED.trim())
    : { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: CLOSED };
}

function answer(
  ask: HttpAsk,
  { api, files }: { api: AdminApi; files: ReadonlyMap<string, ConsoleFile> },
): Promise<HttpAnswer> | HttpAnswer {
  const { method, path, sizeBytes } = ask;
  if (sizeBytes > MAX_BODY_BYTES) return json(413, { message: 'Request Entity Too Large' });
  if (path.startsWith('/admin/')) return forwardCall(api, ask);
  if (method !== 'GET') return json(404, { message: 'Not Found' });
  if (path === '/console/place.json') return json(200, api.place);
  const file = files.get(PAGES.test(path) ? 'index.html' : path.replace(/^\/console\//, ''));
  return file
    ? { status: 200, headers: { 'content-type': file.type }, body: file.body }
    : json(404, { message: 'Not Found' });
}

const withHeaders = (answered: HttpAnswer): HttpAnswer =>
  typeof answered === 'string'
    ? answered
    : { ...answered, headers: { ...HEADERS, ...answered.headers } };

/** Any other error is thrown on. */
function portTaken(error: unknown): 'port-taken' {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' || code === 'EACCES') return 'port-taken';
  throw error;
}
