import { connect } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type TestRuntime } from '../../../support/runtime.ts';
import { FIXTURE_REQUESTS } from '../../../support/runtime-fixtures.ts';
import { until } from '../../../support/runtime-until.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startRuntime({
    tuning: { functions: FIXTURE_REQUESTS, timeoutSeconds: { webhook: 1 } },
  });
});
afterAll(() => runtime.stop());

interface Echo {
  event: APIGatewayProxyEventV2;
  context: { functionName: string; awsRequestId: string; remaining: number };
  pid: number;
  environment: Record<string, string>;
}

const call = (path: string, init?: RequestInit) => fetch(`${runtime.url}${path}`, init);
const echo = async (path: string, init?: RequestInit) =>
  (await (await call(path, init)).json()) as Echo;

test('a function gets a request as API Gateway hands it over', async () => {
  const { event, context } = await echo('/webhooks/ch_1/to%20ken?a=1&a=2&b=%C3%A4', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'X-Thing': 'one',
      Cookie: 'c=1; d=2',
    },
    body: '{"hello":"wörld"}',
  });

  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /webhooks/{channel_id}/{webhook_token}',
    rawPath: '/webhooks/ch_1/to%20ken',
    rawQueryString: 'a=1&a=2&b=%C3%A4',
    queryStringParameters: { a: '1,2', b: 'ä' },
    pathParameters: { channel_id: 'ch_1', webhook_token: 'to ken' },
    cookies: ['c=1', 'd=2'],
    headers: { 'x-thing': 'one', 'content-type': 'application/json; charset=utf-8' },
    body: '{"hello":"wörld"}',
    isBase64Encoded: false,
    requestContext: {
      routeKey: 'POST /webhooks/{channel_id}/{webhook_token}',
      stage: '$default',
      http: { method: 'POST', path: '/webhooks/ch_1/to%20ken', protocol: 'HTTP/1.1' },
    },
  });
  expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  expect(context.functionName).toBe('webhook');
  expect(context.remaining).toBeGreaterThan(500);
  expect(context.remaining).toBeLessThanOrEqual(1_000);
});

test('a body that is not text arrives in base64, and an empty one not at all', async () => {
  const form = await echo('/webhooks/a/b', { method: 'POST', body: new URLSearchParams('x=1') });
  expect(form.event).toMatchObject({
    body: Buffer.from('x=1').toString('base64'),
    isBase64Encoded: true,
  });

  const empty = await echo('/webhooks/a/b');
  expect(empty.event).not.toHaveProperty('body');
  expect(empty.event).not.toHaveProperty('queryStringParameters');
});

test('a function has the environment of Lambda and the stack, and nothing of the person’s own', async () => {
  const { environment } = await echo('/webhooks/a/b');

  expect(environment).toMatchObject({
    AWS_LAMBDA_FUNCTION_NAME: 'webhook',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'webhook',
    TABLE_NAME: runtime.aws.tableName,
    INBOUND_QUEUE_URL: runtime.aws.queueUrls.inbound,
    OUTBOUND_QUEUE_URL: runtime.aws.queueUrls.outbound,
    STATUSES_QUEUE_URL: runtime.aws.queueUrls.statuses,
    PUBLIC_URL: runtime.url,
    REACH: 'local',
  });
  expect(environment).not.toHaveProperty('HOME');
});

// biome-ignore format: a table reads by column
const answers = [
  { when: 'says bare JSON',           wish: 'bare',       status: 200, type: 'application/json',         body: '{"hello":"there"}' },
  { when: 'says bytes',               wish: 'bytes',      status: 201, type: 'text/plain;charset=UTF-8', body: '\u0000\ufffd' },
  { when: 'throws',                   wish: 'throw',      status: 500, type: 'application/json',         body: '{"message":"Internal Server Error"}' },
  { when: 'answers unreadably', wish: 'unreadable', status: 500, type: 'application/json',         body: '{"message":"Internal Server Error"}' },
  { when: 'ends its process',         wish: 'exit',       status: 500, type: 'application/json',         body: '{"message":"Internal Server Error"}' },
  { when: 'takes too long',           wish: 'hang',       status: 500, type: 'application/json',         body: '{"message":"Internal Server Error"}' },
];

test.each(answers)('when a function $when the caller gets what API Gateway would answer', async ({
  wish,
  status,
  type,
  body,
}) => {
  const answer = await call(`/webhooks/a/b?do=${wish}`);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(await answer.text()).toBe(body);
});

test('the caller gets the cookies of an answer as headers', async () => {
  const answer = await call('/webhooks/a/b?do=cookies');
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('a sandbox is used for the next call too, and replaced when it was killed', async () => {
  const first = await echo('/webhooks/a/b');
  expect((await echo('/webhooks/a/b')).pid).toBe(first.pid);

  const hanging = call('/webhooks/a/b?do=hang');
  const [killed] = await until(async () => {
    const pids = await runtime.kill('webhook');
    return pids.length > 0 && pids;
  });
  expect(killed).toBe(first.pid);
  expect((await hanging).status).toBe(500);
  const next = await echo('/webhooks/a/b');
  expect(next.pid).not.toBe(first.pid);
  expect(runtime.pids('webhook')).not.toContain(first.pid);
});

test('a path without a route is not found', async () => {
  for (const [method, path] of [
    ['GET', '/nowhere'],
    ['PUT', '/webhooks/a/b'],
    ['GET', '/webhooks/a'],
    ['GET', '/webhooks/a/'],
    ['GET', '/admin/channels/x/activate'],
  ] as const) {
    const answer = await call(path, { method });
    expect([method, path, answer.status, await answer.json()]).toEqual([
      method,
      path,
      404,
      { message: 'Not Found' },
    ]);
  }
});

test('a body over the limits of API Gateway and Lambda is refused', async () => {
  const post = (bytes: number) =>
    call('/webhooks/a/b', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(bytes),
    });
  expect((await post(10 * 1024 * 1024 + 1)).status).toBe(413);
  expect((await post(6 * 1024 * 1024)).status).toBe(413);
  expect((await post(3 * 1024 * 1024 + 1)).status).toBe(200);
});

// biome-ignore format: a table reads by column
const guests = [
  { who: 'a program of this machine',   status: 200, headers: {} },
  { who: 'a page of this machine',      status: 200, headers: { origin: 'http://localhost:5173' } },
  { who: 'a page of another site',      status: 403, headers: { origin: 'https://evil.example' } },
  { who: 'a page without an origin',    status: 403, headers: { origin: 'null' } },
  { who: 'a name that was pointed here', status: 403, headers: { host: 'evil.example' } },
  { who: 'a form',                      status: 415, headers: { 'content-type': 'text/plain' } },
];

test.each(guests)('an admin endpoint answers $who with $status', async ({ status, headers }) => {
  const answer = await raw('POST /admin/channels', {
    host: 'localhost:3000',
    'content-type': 'application/json',
    ...headers,
  });
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  if (status === 403) expect(answer).toContain('"code":"unauthorized"');
  if (status === 415) expect(answer).toContain('"code":"payload-unreadable"');
});

test('the pages of the phone are for this machine only, and the webhook is open to all', async () => {
  const foreign = { host: 'tunnel.example' };
  expect(await raw('GET /sandbox/360dialog/chats/491', foreign)).toMatch(/^HTTP\/1.1 403 /);
  expect(await raw('GET /webhooks/a/b', foreign)).toMatch(/^HTTP\/1.1 200 /);
});

test('the runtime listens on both addresses of localhost, says that it is up, and shows a page', async () => {
  const { port } = new URL(runtime.url);
  for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
    const health = await fetch(`http://${host}:${port}/healthz`);
    expect([host, health.status, await health.json()]).toEqual([host, 200, { status: 'ok' }]);
  }
  for (const address of ['/', '/channels', '/messages/wamid.A1', '/chats', '/dead-letters']) {
    const page = await (await call(address)).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toHaveLength(3);
    for (const file of files) {
      const answer = await call(file);
      expect([file, answer.status]).toEqual([file, 200]);
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; /);
      await answer.text();
    }
  }
  for (const address of ['/chat', '/deliveries']) expect((await call(address)).status).toBe(404);
  expect((await call('/console/../package.json')).status).toBe(404);
  expect((await call('/console/%2e%2e/main.js')).status).toBe(404);
});

/** `fetch` forbids some headers, so this one is written by hand. */
function raw(request: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(runtime.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    const body = request.startsWith('POST') ? '{}' : '';
    const all = { ...headers, connection: 'close', 'content-length': String(body.length) };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.write(`${request} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  });
}
