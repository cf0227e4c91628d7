import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';

/** The first segments of the console's own addresses. The page itself finds out what they show. */
export const CONSOLE_PAGES = ['/', '/messages', '/channels', '/chats', '/dead-letters'];
/** Where the script, the style sheet and the icon are. */
export const CONSOLE_FILES = '/console';

const FILES: Record<string, string> = {
  'main.js': 'text/javascript; charset=utf-8',
  'main.js.map': 'application/json',
  'main-style.css': 'text/css; charset=utf-8',
  'main-style.css.map': 'application/json',
  'icon.svg': 'image/svg+xml',
};

/**
 * No script and no style but ours. Pictures and sound may come from where an agent keeps them; the
 * page may call nothing but the runtime that has sent it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob: https: http://localhost:* http://127.0.0.1:*",
  "media-src 'self' data: blob: https: http://localhost:* http://127.0.0.1:*",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** The page of the console, the same for each of its addresses. `folder`: where it was built into. */
export const answerConsolePage =
  (folder: string) =>
  ({ method }: HttpAsk): Promise<HttpAnswer> | HttpAnswer =>
    method === 'GET' || method === 'HEAD'
      ? file(join(folder, 'index.html'), 'text/html; charset=utf-8')
      : json(404, { message: 'Not Found' });

/** The files that the page loads. */
export const answerConsoleFile =
  (folder: string) =>
  ({ method, path }: HttpAsk): Promise<HttpAnswer> | HttpAnswer => {
    const name = path.slice(1);
    const type = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
    const wanted = type !== undefined && (method === 'GET' || method === 'HEAD');
    return wanted ? file(join(folder, name), type) : json(404, { message: 'Not Found' });
  };

const file = async (path: string, type: string): Promise<HttpAnswer> => ({
  status: 200,
  headers: { ...HEADERS, 'content-type': type },
  body: await readFile(path),
});
