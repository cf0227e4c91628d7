import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../../infra/local/http/serve.ts';
import { call } from '../../../shared/dialog360/call.ts';
import { readHealth } from '../../../shared/dialog360/health.ts';
import { type Account, messagesPath, providerAddress } from '../../../shared/dialog360/hosts.ts';
import { readTemplates } from '../../../shared/dialog360/templates.ts';
import {
  readRegisteredWebhook,
  setWebhook,
} from '../../../shared/dialog360/webhook-registration.ts';

let provider: (ask: HttpAsk) => HttpAnswer = () => json(200, {});
const asked: HttpAsk[] = [];
let account: Account;
let stop = async () => {};
beforeAll(async () => {
  const listener = serve((ask) => {
    asked.push(ask);
    return provider(ask);
  });
  const { port, close } = await listenOnLoopback(listener);
  account = { hosting: 'cloud', base_url: `http://127.0.0.1:${port}/base`, token: 'key-1' };
  stop = close;
});
afterAll(() => stop());

const limits = { reach: 'local', timeoutMs: 300 } as const;
const says = (answer: HttpAnswer) => {
  provider = () => answer;
};

test('each hosting has its host and its send path, and base_url overrides the host', () => {
  const at = (hosting: Account['hosting'], base_url: string | null = null) =>
    providerAddress({ hosting, base_url }, messagesPath(hosting));
  expect(at('cloud')).toBe('https://waba-v2.360dialog.io/messages');
  expect(at('sandbox')).toBe('https://waba-sandbox.360dialog.io/v1/messages');
  expect(at('on-premise')).toBe('https://waba.360dialog.io/v1/messages');
  expect(at('sandbox', 'https://proxy.example/waba/')).toBe(
    'https://proxy.example/waba/v1/messages',
  );
});

test('a call carries the key and JSON, and gives the answer as JSON and as bytes', async () => {
  says(json(201, { id: 1 }));
  const answer = await call(account, { method: 'POST', path: '/x?y=1', json: { a: 'Ж' } }, limits);
  const ask = asked.at(-1);

  expect(ask).toMatchObject({ method: 'POST', path: '/base/x', query: 'y=1' });
  expect(ask?.headers).toMatchObject({
    'd360-api-key': 'key-1',
    'content-type': 'application/json',
  });
  expect(JSON.parse(String(ask?.body))).toEqual({ a: 'Ж' });
  expect(answer).toMatchObject({ kind: 'answered', status: 201, json: { id: 1 } });
  expect(answer.kind === 'answered' && answer.bytes.toString()).toBe('{"id":1}');
});

test('a call without a body has no content type, and HTML is no JSON', async () => {
  says({ status: 502, body: '<html>' });
  expect(await call(account, { method: 'GET', path: '/' }, limits)).toMatchObject({
    status: 502,
    json: null,
  });
  expect(asked.at(-1)?.headers).not.toHaveProperty('content-type');
});

// biome-ignore format: a table reads by column
const webhooks: { when: string; says: HttpAnswer; reads: object }[] = [
  { when: 'it is set',                    says: json(200, { url: 'https://a.example', headers: { a: 'b' } }), reads: { kind: 'found', url: 'https://a.example', headers: { a: 'b' } } },
  { when: 'headers are not shown',        says: json(200, { url: 'https://a.example' }),      reads: { kind: 'found', url: 'https://a.example', headers: null } },
  { when: 'it is null',                   says: json(200, { url: null, headers: null }),      reads: { kind: 'found', url: null, headers: null } },
  { when: 'it is empty',                  says: json(200, { url: '' }),                       reads: { kind: 'found', url: null, headers: null } },
  { when: 'the answer is no object',      says: json(200, ['x']),                             reads: { kind: 'found', url: null, headers: null } },
  { when: 'the answer is HTML',           says: { status: 200, body: '<html>' },              reads: { kind: 'found', url: null, headers: null } },
  { when: 'the key is rejected',          says: json(401, { meta: { developer_message: 'Invalid api_key' } }), reads: { kind: 'refused', status: 401, words: 'Invalid api_key' } },
  { when: 'the key is rejected in a 200', says: json(200, { meta: { success: false, http_code: 401, developer_message: 'Invalid api_key' } }), reads: { kind: 'refused', status: 401, words: 'Invalid api_key' } },
  { when: 'a 200 holds an error',         says: json(200, { detail: { error: { code: 100, message: 'No such thing' } } }), reads: { kind: 'refused', status: 400, words: 'No such thing' } },
  { when: 'the gateway fails in a 200',   says: json(200, { meta: { success: false, http_code: 502 } }), reads: { kind: 'unreachable', reason: 'HTTP 502' } },
  { when: 'it is redirected',             says: { status: 302, headers: { location: '/' } },  reads: { kind: 'refused', status: 302, words: null } },
  { when: 'the gateway fails',            says: { status: 504 },                              reads: { kind: 'unreachable', reason: 'HTTP 504' } },
  { when: 'the provider does not answer', says: 'no-answer',                                  reads: { kind: 'unreachable', reason: 'timeout' } },
  { when: 'the line breaks',              says: 'reset',                                      reads: { kind: 'unreachable', reason: 'reset' } },
];

test.each(webhooks)('the webhook is read when $when', async ({ says: answer, reads }) => {
  says(answer);
  expect(await readRegisteredWebhook(account, limits)).toEqual(reads);
});

test('a webhook is set with its headers', async () => {
  const webhook = { url: 'https://channel.example/w', headers: { 'x-webhook-secret': 's' } };
  says(json(200, {}));
  expect(await setWebhook(account, webhook, limits)).toEqual({ kind: 'accepted' });
  expect(asked.at(-1)).toMatchObject({ method: 'POST', path: '/base/v1/configs/webhook' });
  expect(JSON.parse(String(asked.at(-1)?.body))).toEqual(webhook);
});

const blocked = {
  health_status: {
    can_send_message: 'BLOCKED',
    entities: [
      { entity_type: 'PHONE_NUMBER', can_send_message: 'AVAILABLE' },
      {
        entity_type: 'WABA',
        can_send_message: 'BLOCKED',
        errors: [{ error_description: 'Unpaid', possible_solution: 'Pay.' }],
      },
      { entity_type: 'APP', can_send_message: 'LIMITED', additional_info: ['…'] },
    ],
  },
};

// biome-ignore format: a table reads by column
const healths: { when: string; hosting?: Account['hosting']; says: HttpAnswer; reads: object }[] = [
  { when: 'all is well',                  says: json(200, { health_status: { can_send_message: 'AVAILABLE', entities: [] } }), reads: { kind: 'healthy' } },
  { when: 'a part is blocked',            says: json(200, blocked),                                reads: { kind: 'impaired', state: 'BLOCKED', causes: [{ part: 'WABA', cure: 'Pay.' }, { part: 'APP', cure: null }] } },
  { when: 'the host does not know it',    says: json(404, {}),                                     reads: { kind: 'unknown' } },
  { when: 'it says something else',       says: json(200, { id: '1' }),                            reads: { kind: 'unknown' } },
  { when: 'the account has a problem',    says: json(400, { error: 'unpaid invoices' }),           reads: { kind: 'refused', status: 400, words: 'unpaid invoices' } },
  { when: 'the old host is connected',    hosting: 'on-premise', says: json(200, { health: { gateway_status: 'connected' } }),    reads: { kind: 'healthy' } },
  { when: 'the old host is disconnected', hosting: 'on-premise', says: json(200, { health: { gateway_status: 'disconnected' } }), reads: { kind: 'impaired', state: 'disconnected', causes: [] } },
  { when: 'it is the sandbox',            hosting: 'sandbox',    says: json(500, {}),              reads: { kind: 'unknown' } },
];

test.each(healths)('the health is read when $when', async ({
  hosting = 'cloud',
  says: answer,
  reads,
}) => {
  says(answer);
  expect(await readHealth({ ...account, hosting }, limits)).toEqual(reads);
});

const hello = { name: 'hello', language: 'en', status: 'APPROVED', category: 'UTILITY' };

test('templates are read from the new path, odd entries left out, statuses in one case', async () => {
  provider = ({ path }) =>
    path === '/base/message_templates'
      ? json(200, {
          data: [{ ...hello, status: 'approved' }, { odd: true }],
          paging: { next: 'https://x.example' },
        })
      : json(500, {});
  expect(await readTemplates(account, limits)).toEqual({
    kind: 'listed',
    templates: [hello],
    more: true,
  });
});

test.each([400, 404, 405])('where the new path answers %i the old one is asked', async (status) => {
  provider = ({ path }) =>
    path === '/base/v1/configs/templates'
      ? json(200, { waba_templates: [hello], total: 1 })
      : json(status, {});
  expect(await readTemplates(account, limits)).toEqual({
    kind: 'listed',
    templates: [hello],
    more: false,
  });
});

test('a rejected key is not asked about twice, and the sandbox not at all', async () => {
  says(json(401, {}));
  const before = asked.length;
  expect(await readTemplates(account, limits)).toMatchObject({ kind: 'refused', status: 401 });
  expect(asked.length).toBe(before + 1);
  expect(await readTemplates({ ...account, hosting: 'sandbox' }, limits)).toEqual({ kind: 'none' });
  expect(asked.length).toBe(before + 1);
});

test('a host that knows neither path has no templates; one that refuses both is told of', async () => {
  says(json(404, {}));
  expect(await readTemplates(account, limits)).toEqual({ kind: 'none' });
  says(json(400, { error: 'lack of payment' }));
  expect(await readTemplates(account, limits)).toMatchObject({ kind: 'refused', status: 400 });
});

test('an answer that is no list counts as no answer, not as an empty list', async () => {
  says(json(200, { hello: 'there' }));
  expect((await readTemplates(account, limits)).kind).toBe('unreachable');
});
