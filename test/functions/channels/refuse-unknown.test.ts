import { expect, test } from 'vitest';
import { ADMIN_ACTIONS } from '../../../infra/openapi/admin-actions.ts';
import { ADMIN_PATHS } from '../../../infra/openapi/admin-paths.ts';
import { openStage } from './stage.ts';

const stage = openStage();
const created = async () => (await stage.create()).body.channel.id;
const faults = async (methodAndPath: string, body?: unknown) => {
  const { status, body: problem } = await stage.send(methodAndPath, body);
  expect([status, problem.code]).toEqual([422, 'request-invalid']);
  return problem.errors;
};

// biome-ignore format: a table reads by column
const slips = [
  { what: 'a slip in a page’s length',  ask: 'GET /admin/channels?limt=5',                        path: 'limt',   says: 'is not a parameter of this request: did you mean limit?' },
  { what: 'a slip in a filter',         ask: 'GET /admin/dead-letters?cod=agent-timeout',         path: 'cod',    says: 'is not a parameter of this request: did you mean code?' },
  { what: 'a filter like no other',     ask: 'GET /admin/dead-letters?since=yesterday',           path: 'since',  says: 'is not a parameter of this request; there are channel_id, code, next' },
  { what: 'a slip in a chat’s name',    ask: 'GET /admin/channels/{id}/chats?phon=491713920042',  path: 'phon',   says: 'is not a parameter of this request: did you mean phone?' },
  { what: 'a slip in the id of a trace', ask: 'GET /admin/channels/{id}/trace?fo=rep_1',          path: 'fo',     says: 'is not a parameter of this request: did you mean of?' },
  { what: 'a slip in now',              ask: 'POST /admin/channels/{id}/rotate-api-key?nwo=true', path: 'nwo',    says: 'is not a parameter of this request: did you mean now?' },
  { what: 'a now that says neither',    ask: 'POST /admin/channels/{id}/rotate-api-key?now=maybe', path: 'now',   says: 'must be true or false' },
  { what: 'a parameter where there is none', ask: 'POST /admin/channels/{id}/activate?force=true', path: 'force', says: 'is not a parameter of this request; there are none' },
  { what: 'a slip in a question',       ask: 'POST /admin/channels/{id}/check', body: { aks: 'ping' },  path: 'aks',  says: 'is not a field of this request: did you mean ask?' },
  { what: 'a slip in a text',           ask: 'POST /admin/channels/{id}/hold', body: { txt: 'Soon.' },  path: 'txt',  says: 'is not a field of this request: did you mean text?' },
  { what: 'a slip in minutes',          ask: 'POST /admin/channels/{id}/chats/c/pause', body: { minutes: 5, minuts: 5 }, path: 'minuts', says: 'is not a field of this request: did you mean minutes?' },
  { what: 'a field where there is none', ask: 'POST /admin/channels/{id}/activate', body: { x: 1 },     path: 'x',    says: 'is not a field of this request; there are none' },
];

test.each(slips)('$what is refused by its name, with what was meant', async ({
  ask,
  body,
  path,
  says,
}) => {
  const methodAndPath = ask.replace('{id}', await created());
  expect(await faults(methodAndPath, body)).toEqual([{ path, detail: says }]);
});

// biome-ignore format: a table reads by column
const madeUp: { what: string; ask: string; body?: unknown; path: string; paths: string[] }[] = [
  { what: 'a phone without its name',    ask: 'GET /admin/channels/{id}/chats?491713920042', path: '491713920042', paths: ['…'] },
  { what: 'a key in the query',          ask: 'GET /admin/channels?d360c_abcdef',            path: 'd360c_abcdef', paths: ['…'] },
  { what: 'a phone in the body',         ask: 'POST /admin/channels/{id}/hold', body: { 491713920042: 'Soon.' },                  path: '491713920042',         paths: ['…'] },
  { what: 'a key in a channel',          ask: 'PATCH /admin/channels/{id}', body: { title: 5, d360c_abcdef: '' },                 path: 'd360c_abcdef',         paths: ['…', 'title'] },
  { what: 'a key in an agent',           ask: 'PATCH /admin/channels/{id}', body: { agent: { d360c_abcdef: '' } },                path: 'agent.d360c_abcdef',   paths: ['…'] },
  { what: 'a key in the options',        ask: 'PATCH /admin/channels/{id}', body: { options: { d360c_abcdef: '' } },              path: 'options.d360c_abcdef', paths: ['…'] },
];

test.each(madeUp)('$what is told to the caller, and not to the log', async ({
  ask,
  body,
  path,
  paths,
}) => {
  const errors = await faults(ask.replace('{id}', await created()), body);
  expect(errors?.[0]?.path).toBe(path);
  const line = JSON.stringify(['request-refused', { code: 'request-invalid', paths }]);
  expect(stage.logged().split('\n').at(-1)).toBe(line);
  expect(stage.logged()).not.toMatch(/491713920042|d360c_abcdef/);
});

test('a secret that was to end at once is not rotated where the request says so with a slip', async () => {
  const id = await created();
  const before = await stage.row(id);
  await faults(`POST /admin/channels/${id}/rotate-agent-secret?nwo=true`);
  await faults(`POST /admin/channels/${id}/rotate-agent-secret?now=yes`);
  expect(await stage.row(id)).toEqual(before);
  const rotated = await stage.send(`POST /admin/channels/${id}/rotate-agent-secret?now=false`);
  expect(rotated.status).toBe(200);
  expect((await stage.secretsOf(id)).previous_agent_secret).not.toBeNull();
});

test.each([
  'hold',
  'check',
  'activate',
])('a channel may come back as it was shown in the body of %s', async (action) => {
  const id = await created();
  const { channel, warnings } = (await stage.send(`GET /admin/channels/${id}`)).body;
  const path = `POST /admin/channels/${id}/${action}`;
  expect((await stage.send(path, { ...channel, warnings })).status).toBe(200);
  expect(await faults(path, { ...channel, txet: 'Soon.' })).toMatchObject([{ path: 'txet' }]);
});

test('a hold takes its text from between the members of a channel', async () => {
  const id = await created();
  await stage.send(`POST /admin/channels/${id}/hold`, { text: 'Soon.', title: 'Late', version: 3 });
  expect((await stage.row(id)).hold?.text).toBe('Soon.');
});

test('members of our own answers may come back, and the signature of AWS may stand in the query', async () => {
  const id = await created();
  const { channel, warnings } = (await stage.send(`GET /admin/channels/${id}`)).body;
  const signed = '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00';
  const path = `POST /admin/channels/${id}/deactivate${signed}`;
  expect((await stage.send(path, { ...channel, warnings })).status).toBe(200);
});

type Operation = { parameters?: { name: string; in: string }[] };
const operations = Object.entries(ADMIN_PATHS).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Operation>).flatMap(([method, { parameters = [] }]) =>
    method === 'parameters' ? [] : [{ method: method.toUpperCase(), path, parameters }],
  ),
);

test.each(
  operations,
)('$method $path takes what the OpenAPI document says, and nothing else', async ({
  method,
  path,
  parameters,
}) => {
  const names = parameters.flatMap((one) => (one.in === 'query' ? [one.name] : []));
  const query = ['nonsense', ...names].map((name) => `${name}=x`).join('&');
  const target = path.replaceAll(/\{\w+\}/g, 'x');
  const { status, body } = await stage.send(`${method} ${target}?${query}`);
  expect(status).toBe(422);
  expect(body.errors).toEqual([
    { path: 'nonsense', detail: expect.stringContaining('is not a parameter') },
  ]);
});

test('the OpenAPI document has every action', async () => {
  const unknown = await faults(`POST /admin/channels/${await created()}/explode`);
  expect(unknown?.[0]?.detail).toBe(
    `must be one of ${ADMIN_ACTIONS.map(({ name }) => name).join(', ')}`,
  );
});
