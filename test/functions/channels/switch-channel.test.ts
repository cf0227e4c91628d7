import { expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import { openStage } from './stage.ts';

const stage = openStage();

test('activation registers our address and the secret header, and reads them back', async () => {
  const input = stage.input({ active: true });
  const { status, body } = await stage.send('POST /admin/channels', input);

  expect(status).toBe(201);
  expect(body.warnings).toEqual([]);
  expect(body.channel.active).toBe(true);
  const kept = stage.provider.webhooks.get(String(input.token));
  expect(kept?.url).toBe(body.channel.webhook_url);
  expect(kept?.headers).toEqual({ 'x-webhook-secret': expect.stringMatching(/^[\w-]{43}$/) });
  const calls = stage.provider.calls.filter(({ key }) => key === input.token);
  expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
});

test('the agent is asked with a signed ready event that carries its own headers', async () => {
  const asked = stage.agent.requests.length;
  await stage.create({
    active: true,
    agent: { url: stage.agent.url, headers: { authorization: 'Bearer agent-key' } },
  });
  const [request] = stage.agent.requests.slice(asked);

  expect(request?.event).toEqual({
    version: 1,
    event: {
      id: expect.stringMatching(/^evt_/),
      type: 'ready',
      at: expect.any(String),
      attempt: 1,
      trace_id: request?.event.event.id,
    },
  });
  expect(request?.headers).toMatchObject({
    authorization: 'Bearer agent-key',
    'webhook-id': request?.event.event.id,
    'webhook-signature': expect.stringMatching(/^v1,/),
  });
});

const CANT_REACH = ['provider-unreachable', 'Can’t reach channel'];
const NOT_REGISTERED = ['webhook-not-registered', 'Couldn’t register agent webhook'];

// biome-ignore format: a table reads by column
const troubles = [
  { when: 'the provider breaks the connection',     says: () => 'reset' as const,                    warns: CANT_REACH,     cure: /Activate the channel again/ },
  { when: 'the provider never answers',             says: () => 'no-answer' as const,                warns: CANT_REACH,     cure: /timeout/ },
  { when: 'the provider answers 503',               says: () => json(503, {}),                       warns: CANT_REACH,     cure: /HTTP 503/ },
  { when: 'the provider answers HTML with 502',     says: () => ({ status: 502, body: '<html>' }),   warns: CANT_REACH,     cure: /HTTP 502/ },
  { when: 'the provider rejects the key with 401',  says: () => json(401, { meta: { developer_message: 'Invalid api_key' } }), warns: NOT_REGISTERED, cure: /Invalid api_key.*Copy the key/ },
  { when: 'the provider rejects the key with 403',  says: () => json(403, {}),                       warns: NOT_REGISTERED, cure: /Copy the key/ },
  { when: 'the provider refuses the webhook',       says: () => json(400, { error: 'no' }),          warns: NOT_REGISTERED, cure: /HTTP 400.*paste webhook_url/ },
  { when: 'the provider accepts and keeps nothing', says: () => json(200, { url: '' }),              warns: NOT_REGISTERED, cure: /shows another one, or none/ },
];

test.each(
  troubles,
)('when $when, the channel is active all the same and the operator is told', async ({
  says,
  warns,
  cure,
}) => {
  stage.provider.behave(says);
  const started = performance.now();
  const { status, body } = await stage.create({ active: true });

  expect(status).toBe(201);
  expect(body.channel.active).toBe(true);
  expect(body.warnings).toEqual([
    { code: warns[0], title: warns[1], detail: expect.stringMatching(cure) },
  ]);
  expect(performance.now() - started).toBeLessThan(stage.deps.timeLimits.allMs + 1_000);
});

test('the warning says when the provider kept the webhook without its secret header', async () => {
  let posted = '';
  stage.provider.behave(({ method, body }) => {
    if (method === 'POST') posted = JSON.parse(body.toString()).url;
    return json(200, { url: posted, headers: {} });
  });
  const { body } = await stage.create({ active: true });

  expect(body.warnings).toEqual([
    expect.objectContaining({
      code: 'webhook-not-registered',
      detail: expect.stringContaining('not its secret header'),
    }),
  ]);
});

test('a lost answer of the provider is no warning when the webhook is there afterwards', async () => {
  const input = stage.input({ active: true });
  stage.provider.behave(({ method, body }) => {
    if (method !== 'POST') return null;
    stage.provider.webhooks.set(String(input.token), JSON.parse(body.toString()));
    return 'reset';
  });
  const { body } = await stage.send('POST /admin/channels', input);
  expect(body.warnings).toEqual([]);
});

test('a foreign webhook is replaced and named in the answer, without its credentials', async () => {
  const input = stage.input({ active: true });
  stage.provider.webhooks.set(String(input.token), { url: 'https://bob:hush@old.example/hook' });
  const created = await stage.send('POST /admin/channels', input);
  const again = await stage.send(`POST /admin/channels/${created.body.channel.id}/activate`);

  expect(created.body.replaced_webhook).toBe('https://old.example/hook');
  expect(again.body).not.toHaveProperty('replaced_webhook');
});

test('a foreign webhook that could not be replaced is not named as replaced', async () => {
  const input = stage.input({ active: true });
  stage.provider.webhooks.set(String(input.token), { url: 'https://old.example/hook' });
  stage.provider.behave(({ method }) => (method === 'POST' ? json(400, {}) : null));
  const { body } = await stage.send('POST /admin/channels', input);

  expect(body.warnings.map(({ code }) => code)).toEqual(['webhook-not-registered']);
  expect(body).not.toHaveProperty('replaced_webhook');
});

// biome-ignore format: a table reads by column
const agents = [
  { when: 'answers 200 with an empty body', says: { status: 200, body: '' },               warns: [] },
  { when: 'answers that it is ready',        says: { ready: true },                         warns: [] },
  { when: 'does not know the event (404)',   says: { status: 404, body: 'no such page' },   warns: [] },
  { when: 'answers HTML',                    says: { status: 200, body: '<html></html>' },  warns: [] },
  { when: 'answers more than can be read',   says: { status: 200, body: 'x'.repeat(300_000) }, warns: [] },
  { when: 'answers 500',                     says: { status: 500, body: '{}' },             warns: ['agent-silent'] },
  { when: 'breaks the connection',           says: 'reset' as const,                        warns: ['agent-silent'] },
  { when: 'never answers',                   says: 'no-answer' as const,                    warns: ['agent-silent'] },
];

test.each(agents)('an agent that $when does not stop an activation', async ({ says, warns }) => {
  stage.agent.answerWith(() => says);
  const { status, body } = await stage.create({ active: true });

  expect(status).toBe(201);
  expect(body.channel.active).toBe(true);
  expect(body.warnings.map(({ code }) => code)).toEqual(warns);
  for (const { title } of body.warnings) expect(title).toBe('Agent did not answer');
});

test('an agent that says it is not ready stops the creation, and nothing is created or registered', async () => {
  stage.agent.answerWith(() => json(200, { ready: false, reason: 'not trained yet' }));
  const listed = await stage.send('GET /admin/channels?limit=100');
  const input = stage.input({ active: true });
  const { status, headers, body } = await stage.send('POST /admin/channels', input);

  expect(status).toBe(409);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(body).toMatchObject({
    type: 'urn:problem-type:dialog360-channel:agent-not-ready',
    status: 409,
    code: 'agent-not-ready',
    title: 'The agent says it is not ready',
    detail: expect.stringContaining('not trained yet'),
  });
  expect((await stage.send('GET /admin/channels?limit=100')).body).toEqual(listed.body);
  expect(stage.provider.webhooks.has(String(input.token))).toBe(false);
  // The token is free: the next try, with a ready agent, gets it.
  stage.agent.answerWith(() => ({ ready: true }));
  expect((await stage.send('POST /admin/channels', input)).status).toBe(201);
});

test('an agent that is not ready stops the activation of a channel, which stays as it was', async () => {
  const { id, version } = (await stage.create()).body.channel;
  stage.agent.answerWith(() => json(503, { ready: false }));
  const refused = await stage.send(`POST /admin/channels/${id}/activate`);

  expect(refused.body).toMatchObject({ status: 409, code: 'agent-not-ready' });
  expect(await stage.row(id)).toMatchObject({ active: false, version });
});

test('deactivation calls neither agent nor provider, and the webhook stays registered', async () => {
  const input = stage.input({ active: true });
  const { id } = (await stage.send('POST /admin/channels', input)).body.channel;
  const calls = stage.provider.calls.length;
  const off = await stage.send(`POST /admin/channels/${id}/deactivate`);

  expect(off.body.channel).toMatchObject({ active: false, version: 2 });
  expect(stage.provider.calls.length).toBe(calls);
  expect(stage.provider.webhooks.has(String(input.token))).toBe(true);
});
