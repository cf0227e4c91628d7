import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AdminApi } from '../../../infra/cli/ask-admin-api.ts';
import { type ConsoleFile, consoleBundle } from '../../../infra/cli/console/console-bundle.ts';
import { type OpenConsole, serveConsole } from '../../../infra/cli/console/serve-console.ts';
import { type Listening, listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../../infra/local/http/serve.ts';
import { signForAws } from '../../../shared/kernel/sign-for-aws.ts';
import { signatureFault } from '../../support/aws-signature.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
const REGION = 'eu-west-3';

let files: Map<string, ConsoleFile>;
let gateway: Listening;
let api: AdminApi;
let open: OpenConsole;
const opened = async (of: AdminApi): Promise<OpenConsole> => {
  const console = await serveConsole(of, files, { port: 0 });
  if (console === 'port-taken') throw new Error('no free port');
  return console;
};
let port: number;
/** What API Gateway was asked, and what it answers instead of an empty list. */
let asked: HttpAsk[];
let instead: HttpAnswer | null;

beforeAll(async () => {
  files = await consoleBundle();
  gateway = await listenOnLoopback(
    serve((ask) => {
      asked.push(ask);
      const fault = signatureFault(ask, KEYS, { service: 'execute-api', region: REGION });
      return fault ? json(403, { message: fault }) : (instead ?? json(200, { channels: [] }));
    }),
  );
  api = {
    url: `http://127.0.0.1:${gateway.port}`,
    headersFor: (asks) =>
      signForAws(asks, { service: 'execute-api', region: REGION, credentials: KEYS }),
    cure: 'Check the address and your network.',
    place: { name: 'dialog360-channel', region: REGION },
  };
});
afterAll(() => gateway.close());
beforeEach(async () => {
  asked = [];
  instead = null;
  open = await opened(api);
  port = Number(new URL(open.url).port);
});
afterEach(() => open.close());

interface Said {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** By hand, because `fetch` forbids some of these headers. */
const call = (
  path: string,
  { method = 'GET', body = '', ...headers }: Record<string, string> = {},
): Promise<Said> =>
  new Promise((resolve, reject) => {
    const asks = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      );
    });
    asks.on('error', reject);
    asks.end(body);
  });

/** The cookie that the first visit leaves. */
async function visit(): Promise<string> {
  const { pathname, search } = new URL(open.url);
  const { headers } = await call(pathname + search);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

test('the printed address leads to the page without the secret in it, and leaves a cookie that no script reads', async () => {
  const { pathname, search } = new URL(open.url);
  const first = await call(pathname + search);
  expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
  expect(first.headers['set-cookie']).toEqual([
    expect.stringMatching(/^console-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
  ]);
  const cookie = await visit();
  for (const path of ['/', '/channels', '/chats', '/dead-letters/x', '/channels/a/chats/b']) {
    const page = await call(path, { cookie });
    expect([path, page.status, page.text.includes('<div id="app">')]).toEqual([path, 200, true]);
    expect(page.headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; /),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  }
  for (const file of ['main.js', 'main-style.css', 'icon.svg', 'place.json']) {
    expect([file, (await call(`/console/${file}`, { cookie })).status]).toEqual([file, 200]);
  }
});

test('without the secret of the run nothing is shown and nothing is called', async () => {
  const other = (await visit()).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  for (const headers of [{}, { cookie: other }, { cookie: `console-1=${other.split('=')[1]}` }]) {
    for (const path of ['/', '/console/main.js', '/admin/channels', '/?key=wrong']) {
      expect([path, (await call(path, headers)).status]).toEqual([path, 403]);
    }
  }
  expect((await call('/')).text).toContain('npm run console');
  expect(asked).toEqual([]);
});

// biome-ignore format: a table reads by column
test.each([
  { what: 'a name that was pointed here', headers: { host: 'evil.example' } },
  { what: 'another port of this machine', headers: { host: 'localhost:1' } },
  { what: 'a page of another site',       headers: { origin: 'https://evil.example' } },
  { what: 'a page of another port',       headers: { origin: 'http://localhost:1' } },
  { what: 'a page without an origin',     headers: { origin: 'null' } },
  { what: 'a picture of another port',    headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' } },
  { what: 'a link to an endpoint',        headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } },
  { what: 'a form of another site',       headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', method: 'POST' } },
])('$what is refused although it has the secret', async ({ headers }) => {
  const cookie = await visit();
  const answer = await call('/admin/channels', { cookie, ...(headers as Record<string, string>) });
  expect(answer.status).toBe(403);
  expect(asked).toEqual([]);
});

test('a call of the page is signed and goes to the operator’s endpoints, and the answer comes back with its version', async () => {
  const cookie = await visit();
  instead = {
    status: 200,
    headers: { 'content-type': 'application/json', etag: '"2"', 'set-cookie': 'theirs=1' },
    body: '{"channel":{}}',
  };
  const body = JSON.stringify({ title: 'Über' });
  const changed = await call('/admin/channels/ch_1', {
    method: 'PATCH',
    cookie,
    origin: `http://127.0.0.1:${port}`,
    'content-type': 'application/json',
    'if-match': '"1"',
    body,
  });
  expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, text: '{"channel":{}}' });
  expect(changed.headers['set-cookie']).toBeUndefined();
  expect(asked).toMatchObject([{ method: 'PATCH', path: '/admin/channels/ch_1' }]);
  expect(asked[0]?.headers).toMatchObject({ 'if-match': '"1"' });
  expect(asked[0]?.headers.cookie).toBeUndefined();
  expect(asked[0]?.body.toString()).toBe(body);

  await call('/admin/channels/ch_1/chats?channel_chat_id=49%7Cdialog360&x=a+b', { cookie });
  expect(asked[1]?.query).toBe('channel_chat_id=49%7Cdialog360&x=a%20b');
});

test.each([
  '/v1/channels/ch_1/messages',
  '/admin/../v1/channels/ch_1/chats',
  '/admin/channels/%2e%2e/chats',
  '/webhooks/ch_1/token',
  '/admin',
  '/console/../package.json',
])('%s is not for the page, and nothing is called', async (path) => {
  const { status } = await call(path, { cookie: await visit() });
  expect(status).toBe(404);
  expect(asked).toEqual([]);
});

test('a body that a form could send is refused, and one that is too long', async () => {
  const cookie = await visit();
  const post = (type: string, body: string) =>
    call('/admin/channels', { method: 'POST', cookie, 'content-type': type, body });
  expect((await post('text/plain', '{}')).status).toBe(403);
  expect((await post('application/json', `"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413);
  expect(asked).toEqual([]);
});

// biome-ignore format: a table reads by column
test.each([
  { what: 'API Gateway refuses the signature', answer: json(403, { message: 'Forbidden' }),     status: 403, code: 'forbidden',   says: 'execute-api:Invoke' },
  { what: 'another site answers',              answer: { status: 200, body: '<h1>Shop</h1>' },  status: 502, code: 'unreachable', says: 'no admin endpoint' },
  { what: 'it leads elsewhere',                answer: { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, status: 502, code: 'unreachable', says: 'HTTP 302' },
  { what: 'the connection breaks',             answer: 'reset' as const,                        status: 502, code: 'unreachable', says: 'does not answer' },
  { what: 'the endpoint refuses',              answer: { status: 404, headers: { 'content-type': 'application/problem+json' }, body: '{"code":"chat-unknown","detail":"No."}' }, status: 404, code: 'chat-unknown', says: 'No.' },
])('when $what the page gets a sentence that says so', async ({ answer, status, code, says }) => {
  instead = answer;
  const said = await call('/admin/channels', { cookie: await visit() });
  expect(said.status).toBe(status);
  expect(JSON.parse(said.text)).toMatchObject({ code, detail: expect.stringContaining(says) });
});

test('credentials that have ended are a sentence, and no call is made', async () => {
  await open.close();
  const headersFor = async () => {
    throw new Error('The SSO session has expired.\nMore advice');
  };
  open = await opened({ ...api, headersFor });
  port = Number(new URL(open.url).port);
  const said = await call('/admin/channels', { cookie: await visit() });
  expect(said.status).toBe(502);
  expect(JSON.parse(said.text).detail).toBe(
    'The call could not be signed: The SSO session has expired. Sign in again (aws sso login).',
  );
  expect(asked).toEqual([]);
});
