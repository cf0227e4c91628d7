import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type StartedDouble, startDouble } from '../../../../infra/local/dialog360/start-double.ts';
import {
  type Listening,
  listenOnLoopback,
} from '../../../../infra/local/http/listen-on-loopback.ts';
import { type HttpAsk, json, serve } from '../../../../infra/local/http/serve.ts';
import { shape } from '../../../support/runtime-shape.ts';
import { until } from '../../../support/runtime-until.ts';

let provider: StartedDouble;
let webhook: Listening;
/** What our webhook got, and what it answers. */
let posts: HttpAsk[];
let answers: number[];
beforeEach(async () => {
  posts = [];
  answers = [];
  provider = await startDouble({ statusGapMs: 1 });
  webhook = await listenOnLoopback(
    serve((ask) => {
      posts.push(ask);
      return json(answers.shift() ?? 200, {});
    }),
  );
});
afterEach(async () => {
  await provider.stop();
  await webhook.close();
});

interface Accepted {
  messages: { id: string }[];
}

const call = async (method: string, path: string, body?: unknown, key: string | null = 'key-1') => {
  const answer = await fetch(`${provider.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(key !== null && { 'D360-API-KEY': key }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Accepted };
};
const register = (key = 'key-1') =>
  call(
    'POST',
    '/v1/configs/webhook',
    { url: `http://localhost:${webhook.port}/hook`, headers: { 'x-webhook-secret': 's3' } },
    key,
  );
const text = (body: string) => ({
  messaging_product: 'whatsapp',
  to: '+491700000001',
  type: 'text',
  text: { body },
  biz_opaque_callback_data: 'reply/1',
});
const bodies = () => posts.map(({ body }) => JSON.parse(body.toString()));
const statusOf = (body: { entry: { changes: { value: { statuses: object[] } }[] }[] }) =>
  body.entry[0]?.changes[0]?.value.statuses[0];

test('the double shows a registered webhook to its own key only', async () => {
  const registered = await register();
  expect(registered).toEqual({
    status: 200,
    body: {
      url: `http://localhost:${webhook.port}/hook`,
      headers: { 'x-webhook-secret': 's3' },
    },
  });
  expect(await call('GET', '/v1/configs/webhook')).toEqual(registered);
  expect((await call('GET', '/v1/configs/webhook', undefined, 'key-2')).body).toEqual({ url: '' });
  expect((await call('POST', '/v1/configs/webhook', { url: 'nowhere' })).status).toBe(400);
});

test('without a key the double shows nothing and takes nothing', async () => {
  for (const [method, path] of [
    ['GET', '/v1/configs/webhook'],
    ['POST', '/messages'],
  ] as const) {
    expect(await call(method, path, method === 'POST' ? text('x') : undefined, null)).toEqual({
      status: 401,
      body: { meta: { success: false, http_code: 401, developer_message: 'Invalid api_key' } },
    });
  }
  expect(provider.double.sent).toEqual([]);
});

test('the double takes a message, then posts its statuses in order, with the registered headers', async () => {
  await register();
  const answer = await call('POST', '/messages', text('Hello'));
  expect(answer).toEqual({
    status: 200,
    body: {
      messaging_product: 'whatsapp',
      contacts: [{ input: '+491700000001', wa_id: '491700000001' }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    },
  });
  await provider.double.idle();

  expect(bodies().map(statusOf)).toEqual(
    ['sent', 'delivered', 'read'].map((status) =>
      expect.objectContaining({
        id: answer.body.messages[0]?.id,
        status,
        recipient_id: '491700000001',
        biz_opaque_callback_data: 'reply/1',
        timestamp: expect.stringMatching(/^\d{10}$/),
      }),
    ),
  );
  expect(posts.every(({ headers }) => headers['x-webhook-secret'] === 's3')).toBe(true);
});

test('the double’s statuses look like the fixtures', async () => {
  await register();
  await call('POST', '/messages', text('Hello'));
  await provider.double.idle();
  const fixture = (name: string) =>
    JSON.parse(
      readFileSync(join(import.meta.dirname, `../../../fixtures/v2/${name}.json`), 'utf8'),
    );

  const [sent, delivered, read] = bodies();
  expect(shape(sent)).toEqual(shape({ ...fixture('status_delivered_with_callback_data') }));
  expect(shape(delivered)).toEqual(shape(fixture('status_delivered_with_callback_data')));
  const { pricing, ...rest } = statusOf(fixture('status_delivered_with_callback_data')) as {
    pricing: unknown;
  };
  expect(pricing).toBeDefined();
  expect(shape(statusOf(read))).toEqual(shape(rest));
});

test('the double posts again to a webhook that does not answer 200', async () => {
  await register();
  provider.double.statuses.tell = ['sent'];
  answers = [500, 201];
  await call('POST', '/messages', text('Hello'));
  await until(() => posts.length === 3);
  await provider.double.idle();
  expect(new Set(posts.map(({ body }) => createHash('sha1').update(body).digest('hex'))).size).toBe(
    1,
  );
});

test('a test can have messages refused, hold them up and see them', async () => {
  await register();
  const { double } = provider;
  double.statuses.tell = [];
  double.failNext(2, json(500, { error: 'down' }));
  expect((await call('POST', '/messages', text('1'))).status).toBe(500);
  expect((await call('POST', '/messages', text('2'))).status).toBe(500);
  expect((await call('POST', '/messages', text('3'))).status).toBe(200);

  const forget = double.onSend(() => 'reset');
  await expect(call('POST', '/messages', text('4'))).rejects.toThrow('fetch failed');
  forget();
  expect(double.sent.map(({ request }) => request.text)).toEqual(['3', '4']);
  expect(double.requests.filter(({ path }) => path === '/messages')).toHaveLength(4);

  const [, last] = double.sent;
  if (!last) throw new Error('nothing was sent');
  double.statuses.withCallbackData = false;
  await double.tellStatus(last, 'failed', [{ code: 131047, title: 'Re-engagement message' }]);
  const [failed] = bodies().map(statusOf);
  expect(failed).toMatchObject({
    id: last.messageId,
    status: 'failed',
    errors: [{ code: 131047 }],
  });
  expect(failed).not.toHaveProperty('biz_opaque_callback_data');
});

test('the double records what it refuses', async () => {
  const answer = await call('POST', '/messages', { ...text('x'), colour: 'red' });
  expect(answer).toMatchObject({
    status: 400,
    body: {
      error: {
        code: 100,
        type: 'OAuthException',
        error_data: { messaging_product: 'whatsapp', details: expect.stringContaining('colour') },
      },
    },
  });
  expect(provider.double.refusals).toHaveLength(1);
});
