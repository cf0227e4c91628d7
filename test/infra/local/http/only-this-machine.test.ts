import { expect, test } from 'vitest';
import { type ApiGateway, answerAsApiGateway } from '../../../../infra/local/http/api-gateway.ts';
import type { HttpAsk } from '../../../../infra/local/http/serve.ts';
import { ROUTES } from '../../../../infra/routes.ts';

/** The runtime's API Gateway, with a function behind it that records its calls. */
async function call(ask: Partial<HttpAsk> & { headers: Record<string, string> }) {
  let asked = false;
  const gateway: ApiGateway = {
    routes: ROUTES,
    isUp: () => true,
    invoke: async () => {
      asked = true;
      return { ok: true, value: { statusCode: 200, body: '{}' } };
    },
    mounts: [{ prefix: '/sandbox', answerTo: () => ({ status: 200, body: 'the phone' }) }],
    tell: () => {},
  };
  const body = Buffer.from(ask.body ?? '');
  const answer = await answerAsApiGateway(gateway, {
    method: 'POST',
    path: '/admin/channels',
    query: '',
    sourceIp: '127.0.0.1',
    ...ask,
    body,
    sizeBytes: body.length,
  });
  if (typeof answer === 'string') throw new Error(answer);
  return { status: answer.status, headers: answer.headers ?? {}, text: String(answer.body), asked };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const body = Buffer.from('{}');

test.each([
  'localhost:3000',
  'LOCALHOST',
  '127.0.0.1:3000',
  '127.0.0.53',
  '[::1]:3000',
])('a caller with the host %s is this machine', async (host) => {
  expect(await call({ headers: { ...JSON_TYPE, host }, body })).toMatchObject({ asked: true });
});

test.each([
  'evil.example:3000', // a name that was changed to point here while its page was open
  'localhost.evil.example',
  'evil-localhost',
  'a.localhost',
  'localhost.',
  '127.0.0.1.nip.io',
  '0.0.0.0:3000',
  '[::]:3000',
  '192.168.1.7:3000',
  '169.254.169.254',
  'localhost@evil.example',
  'localhost,evil.example',
  'localhost evil.example',
  '',
])('a caller with the host “%s” is refused, at the phone’s pages too', async (host) => {
  const admin = await call({ headers: { ...JSON_TYPE, host }, body });
  expect(admin).toMatchObject({ status: 403, asked: false });
  expect(JSON.parse(admin.text)).toMatchObject({
    code: 'unauthorized',
    detail: expect.stringContaining('Host'),
  });
  const phone = await call({
    method: 'GET',
    path: '/sandbox/360dialog/chats/1',
    headers: { host },
  });
  expect(phone.status).toBe(403);
});

test('a caller without a host is refused', async () => {
  expect(await call({ headers: JSON_TYPE, body })).toMatchObject({ status: 403, asked: false });
});

const host = 'localhost:3000';

test.each([
  'http://localhost:5173',
  'http://127.0.0.1',
  'https://localhost',
  'http://[::1]:8080',
])('a page of %s may call the runtime', async (origin) => {
  const { asked } = await call({ headers: { ...JSON_TYPE, host, origin }, body });
  expect(asked).toBe(true);
});

test.each([
  'https://evil.example',
  'http://localhost.evil.example',
  'http://evil.example:3000',
  'null', // a sandboxed frame, a file, a redirect
  '',
  'file://',
  'chrome-extension://abcdefghijklmnop',
  'http://localhost:5173, https://evil.example',
])('a page of “%s” may not call the runtime, with or without a body', async (origin) => {
  const headers = { ...JSON_TYPE, host, origin };
  for (const ask of [
    { headers, body },
    { headers, path: '/admin/channels/ch_a/activate' },
    { headers, path: '/admin/channels/ch_a', method: 'DELETE' },
    { headers, path: '/admin/channels', method: 'GET' },
    { headers: { host, origin }, path: '/sandbox/360dialog/play' },
  ]) {
    expect(await call(ask)).toMatchObject({ status: 403, asked: false });
  }
});

test.each([
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/plain; application/json',
  'application/json, text/plain',
  'application/jsonp',
  '',
])('a body that says it is “%s” is refused: a form of any site could send it', async (type) => {
  const { status, text, asked } = await call({ headers: { host, 'content-type': type }, body });
  expect([status, asked]).toEqual([415, false]);
  expect(JSON.parse(text)).toMatchObject({
    code: 'payload-unreadable',
    detail: expect.stringContaining('Send it as content-type: application/json.'),
  });
  const untyped = await call({ headers: { host }, body });
  expect([untyped.status, untyped.asked]).toEqual([415, false]);
  expect(JSON.parse(untyped.text).detail).toContain('has no content-type');
});

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON',
])('a body that says it is %s is taken', async (type) => {
  expect((await call({ headers: { host, 'content-type': type }, body })).asked).toBe(true);
});

test('a browser’s preflight is not allowed, and no page of another site may read an answer', async () => {
  const origin = 'http://localhost:5173';
  const preflight = await call({
    method: 'OPTIONS',
    path: '/admin/channels/ch_a',
    headers: { host, origin, 'access-control-request-method': 'DELETE' },
  });
  expect([preflight.status, preflight.asked]).toEqual([404, false]);
  const read = await call({ method: 'GET', headers: { host, origin } });
  for (const { headers } of [preflight, read]) {
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});
