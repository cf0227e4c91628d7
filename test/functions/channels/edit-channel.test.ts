import { expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import { openStage, PLENTY } from './stage.ts';

const stage = openStage();

test('an edit merges agent and options key by key and leaves the rest', async () => {
  const { channel } = (await stage.create({ options: { park_hours: 5 } })).body;
  const { status, headers, body } = await stage.send(`PATCH /admin/channels/${channel.id}`, {
    title: 'Sales',
    agent: { timeout_ms: 5_000, events: ['message', 'delivery:read'] },
    options: { choices: 'list', fallback_template: { name: 'hello', language: 'en' } },
  });

  expect(status).toBe(200);
  expect(headers.etag).toBe('"2"');
  expect(body.channel).toEqual({
    ...channel,
    version: 2,
    title: 'Sales',
    agent: { ...channel.agent, timeout_ms: 5_000, events: ['message', 'delivery:read'] },
    options: {
      ...channel.options,
      choices: 'list',
      fallback_template: { name: 'hello', language: 'en' },
    },
    updated_at: body.channel.updated_at,
  });
});

test('masked values in an edit keep the secrets they stand for, and headers are replaced as a whole', async () => {
  const input = stage.input({
    agent: { url: stage.agent.url, headers: { Authorization: 'Bearer one', 'x-old': 'two' } },
  });
  const { channel } = (await stage.send('POST /admin/channels', input)).body;
  const { status } = await stage.send(`PATCH /admin/channels/${channel.id}`, {
    token: channel.token,
    agent: { headers: { authorization: '…', 'x-new': 'three' } },
  });

  expect(status).toBe(200);
  const secrets = await stage.secretsOf(channel.id);
  expect(secrets.token).toBe(input.token);
  expect(secrets.agent_headers).toEqual({ authorization: 'Bearer one', 'x-new': 'three' });
});

test('sending a channel back as it was read changes nothing but the version', async () => {
  const { channel } = (await stage.create({ agent: { url: stage.agent.url, headers: { a: 'b' } } }))
    .body;
  const before = await stage.secretsOf(channel.id);
  const { body } = await stage.send(`PATCH /admin/channels/${channel.id}`, channel);

  expect(body.channel).toEqual({ ...channel, version: 2, updated_at: body.channel.updated_at });
  expect(await stage.secretsOf(channel.id)).toEqual(before);
});

test('an edit of an inactive channel works while the provider is down, because it is not called', async () => {
  const { id } = (await stage.create()).body.channel;
  stage.provider.behave(() => 'no-answer');
  const calls = stage.provider.calls.length;
  const { status, body } = await stage.send(`PATCH /admin/channels/${id}`, {
    token: 'key-rotated-at-360dialog',
  });

  expect(status).toBe(200);
  expect(body.warnings).toEqual([]);
  expect(stage.provider.calls.length).toBe(calls);
  expect((await stage.secretsOf(id)).token).toBe('key-rotated-at-360dialog');
});

test('a new token on an active channel is saved and registered, with a warning when that fails', async () => {
  const { id } = (await stage.create({ active: true })).body.channel;
  const good = await stage.send(`PATCH /admin/channels/${id}`, { token: 'key-second-of-three' });
  expect(good.body.warnings).toEqual([]);
  expect(stage.provider.webhooks.get('key-second-of-three')?.url).toBe(
    good.body.channel.webhook_url,
  );

  stage.provider.behave(() => 'reset');
  const bad = await stage.send(`PATCH /admin/channels/${id}`, { token: 'key-third-of-three' });
  expect(bad.status).toBe(200);
  expect(bad.body.channel.token).toBe('…hree');
  expect(bad.body.warnings.map(({ code }) => code)).toEqual(['provider-unreachable']);
  expect((await stage.secretsOf(id)).token).toBe('key-third-of-three');
});

test('a new host of an active channel is registered, and a new title is not', async () => {
  const { channel } = (await stage.create({ active: true })).body;
  const calls = () => stage.provider.calls.length;
  const before = calls();
  await stage.send(`PATCH /admin/channels/${channel.id}`, { title: 'Other' });
  expect(calls()).toBe(before);
  await stage.send(`PATCH /admin/channels/${channel.id}`, { hosting: 'on-premise' });
  expect(calls()).toBe(before + 3);
});

test('the new agent of an active channel must be ready', async () => {
  const { id } = (await stage.create({ active: true })).body.channel;
  stage.agent.answerWith(() => json(200, { ready: false }));
  const elsewhere = `${stage.agent.url}/other`;
  const refused = await stage.send(`PATCH /admin/channels/${id}`, { agent: { url: elsewhere } });

  expect(refused.body.code).toBe('agent-not-ready');
  const shown = await stage.send(`GET /admin/channels/${id}`);
  expect(shown.body.channel.agent.url).toBe(stage.agent.url);
});

test('an edit with active: true activates a channel, and one with active: false deactivates it', async () => {
  const { id } = (await stage.create()).body.channel;
  const on = await stage.send(`PATCH /admin/channels/${id}`, { active: true, title: 'On' });
  expect(on.body.channel).toMatchObject({ active: true, title: 'On' });
  expect(stage.provider.calls.at(-1)).toMatchObject({ method: 'GET', path: '/v1/configs/webhook' });
  const off = await stage.send(`PATCH /admin/channels/${id}`, { active: false });
  expect(off.body.channel.active).toBe(false);
});

test('of two edits of one version the second gets 412, and nothing of it counts', async () => {
  const { id } = (await stage.create()).body.channel;
  const answers = await Promise.all(
    ['one', 'two'].map((title) =>
      stage.send(
        `PATCH /admin/channels/${id}`,
        { title, token: `key-of-${title}-12345` },
        { ifMatch: '"1"' },
      ),
    ),
  );
  const [won, lost] = answers.toSorted((a, b) => a.status - b.status);

  expect([won?.status, lost?.status]).toEqual([200, 412]);
  expect(lost?.body).toMatchObject({ code: 'version-conflict' });
  const shown = await stage.send(`GET /admin/channels/${id}`);
  expect(shown.body.channel).toEqual(won?.body.channel);
  expect((await stage.secretsOf(id)).token).toBe(`key-of-${shown.body.channel.title}-12345`);
});

test('without If-Match edits of the same moment are merged, and none is lost', async () => {
  const { id } = (await stage.create()).body.channel;
  const edits = [
    { title: 'Renamed' },
    { options: { choices: 'list' } },
    { options: { park_hours: 3 } },
    { agent: { timeout_ms: 2_000 } },
  ];
  const deps = { timeLimits: PLENTY };
  const answers = await Promise.all(
    edits.map((edit) => stage.send(`PATCH /admin/channels/${id}`, edit, { deps })),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const { channel } = (await stage.send(`GET /admin/channels/${id}`)).body;
  expect(channel).toMatchObject({
    version: 5,
    title: 'Renamed',
    options: { choices: 'list', park_hours: 3 },
    agent: { timeout_ms: 2_000 },
  });
});

// biome-ignore format: a table reads by column
const tags = [
  { ifMatch: '1',          status: 200 },
  { ifMatch: '"1"',        status: 200 },
  { ifMatch: 'W/"1"',      status: 200 },
  { ifMatch: '*',          status: 200 },
  { ifMatch: '"7", "1"',   status: 200 },
  { ifMatch: '"2"',        status: 412 },
  { ifMatch: 'yesterday',  status: 412 },
];

test.each(tags)('If-Match $ifMatch for version 1 answers $status', async ({ ifMatch, status }) => {
  const { id } = (await stage.create()).body.channel;
  const answer = await stage.send(`PATCH /admin/channels/${id}`, { title: 'T' }, { ifMatch });
  expect(answer.status).toBe(status);
});
