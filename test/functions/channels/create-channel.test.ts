import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { channelAnswerSchema, channelListSchema } from '../../../shared/contract/channel-answer.ts';
import { secretHash } from '../../../shared/kernel/hash.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openStage, PREFIX, PUBLIC_URL } from './stage.ts';

const stage = openStage();

test('a channel is created inactive, with every default, and calls neither agent nor provider', async () => {
  const before = stage.provider.calls.length + stage.agent.requests.length;
  const { status, headers, body } = await stage.create({ token: 'key-0123456789abcd' });

  expect(status).toBe(201);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    etag: '"1"',
    location: `/admin/channels/${body.channel.id}`,
  });
  expect(parse(channelAnswerSchema, body)).toEqual(body);
  expect(body.channel).toMatchObject({
    version: 1,
    type: 'messaging',
    connector: 'dialog360',
    title: 'Support',
    token: '…abcd',
    hosting: 'cloud',
    active: false,
    agent: { kind: 'http', headers: {}, timeout_ms: 30_000, events: null },
    options: { choices: 'numbered', park_hours: 24, typing_indicator: 'on' },
  });
  expect(body.channel.id).toMatch(/^ch_[0-9a-f]{20}$/);
  expect(body.channel.webhook_url).toMatch(
    new RegExp(`^${PUBLIC_URL}/webhooks/${body.channel.id}/[\\w-]{43}$`),
  );
  expect(body.channel.incoming_request_url).toMatch(
    new RegExp(`^${PUBLIC_URL}/incoming_request/${body.channel.id}::[\\w-]{43}$`),
  );
  expect(body.api_key).toMatch(/^d360c_[\w-]{43}$/);
  expect(Buffer.from((body.agent_secret ?? '').replace('whsec_', ''), 'base64')).toHaveLength(32);
  expect(body.warnings).toEqual([]);
  expect(stage.provider.calls.length + stage.agent.requests.length).toBe(before);
});

test('later answers have neither key nor secret, and the row keeps only their hashes', async () => {
  const created = await stage.create({
    agent: { url: stage.agent.url, headers: { 'x-key': 'very-secret-1' } },
  });
  const { id, webhook_url } = created.body.channel;
  const shown = await stage.send(`GET /admin/channels/${id}`);

  expect(shown.status).toBe(200);
  expect(shown.body).toEqual({ channel: created.body.channel, warnings: [] });
  expect(shown.body.channel.agent.headers).toEqual({ 'x-key': '…' });

  const { access } = await stage.row(id);
  expect(access.api_key).toEqual([
    { sha256: secretHash(created.body.api_key ?? ''), valid_until: null },
  ]);
  expect(access.webhook_token).toEqual([
    { sha256: secretHash(webhook_url?.split('/').at(-1) ?? ''), valid_until: null },
  ]);
});

test('no secret is in the table, in a log or in a later answer', async () => {
  const input = stage.input({
    active: true,
    agent: { url: stage.agent.url, headers: { authorization: 'Bearer very-secret-2' } },
  });
  const created = await stage.send('POST /admin/channels', input);
  const { id } = created.body.channel;
  const answers = await Promise.all([
    stage.send(`GET /admin/channels/${id}`),
    stage.send(`POST /admin/channels/${id}/activate`),
    stage.send(`POST /admin/channels/${id}/check`),
    stage.send(`PATCH /admin/channels/${id}`, {
      token: 'with blanks in it',
      agent: { url: 'ftp://x' },
    }),
    stage.send('GET /admin/channels?limit=100'),
  ]);
  const { Items } = await stage.deps.table.client.send(new ScanCommand({ TableName: 'test' }));
  const parameter = await new SSMClient().send(
    new GetParameterCommand({ Name: `${PREFIX}/${id}`, WithDecryption: true }),
  );
  const kept = JSON.parse(parameter.Parameter?.Value ?? '{}');
  const secrets = [input.token, 'very-secret-2', kept.agent_secret, kept.webhook_header];
  const endpoints = [kept.webhook_token, kept.incoming_request_token, created.body.api_key];

  expect(parameter.Parameter?.Type).toBe('SecureString');
  expect(kept).toMatchObject({ token: input.token });
  const outside = [JSON.stringify(Items), stage.logged()];
  for (const place of [...outside, ...answers.map(({ text }) => text)]) {
    for (const secret of secrets) expect(place).not.toContain(secret);
  }
  for (const place of outside) {
    for (const secret of endpoints) expect(place).not.toContain(secret);
  }
});

test('titles may repeat, and the list has the channels page by page in the order of their creation', async () => {
  const made: string[] = [];
  for (let at = 0; at < 5; at++) {
    made.push((await stage.create({ title: 'Twin' })).body.channel.id);
    stage.pass(5);
  }
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const page = await stage.send(`GET /admin/channels?limit=2${next ? `&cursor=${next}` : ''}`);
    expect(page.status).toBe(200);
    expect(parse(channelListSchema, page.body)).toEqual(page.body);
    expect(page.body.channels.length).toBeLessThanOrEqual(2);
    seen.push(...page.body.channels.map(({ id }) => id));
    next = page.body.next;
  } while (next);

  expect(seen.filter((id) => made.includes(id))).toEqual(made);
  expect(new Set(seen).size).toBe(seen.length);
});

test('the list shows no secret of a channel, also where they are gone', async () => {
  const whole = await stage.create();
  const shown = whole.body.channel;
  const listed = await stage.send('GET /admin/channels?limit=100');
  for (const secret of [whole.body.api_key, whole.body.agent_secret, shown.webhook_url]) {
    expect(listed.text).not.toContain(secret?.split('/').at(-1));
  }
  const { id } = shown;
  await stage.deps.secrets.remove(id);
  const { status, body } = await stage.send('GET /admin/channels?limit=100');

  expect(status).toBe(200);
  const entry = body.channels.find((channel) => channel.id === id);
  expect(entry).toMatchObject({ webhook_url: null, incoming_request_url: null, title: 'Support' });
  expect((await stage.send(`GET /admin/channels/${id}`)).body).toMatchObject({
    code: 'unavailable',
  });
});
