import { expect, test } from 'vitest';
import { secretHash } from '../../../shared/kernel/hash.ts';
import { openStage } from './stage.ts';

const stage = openStage();
const HOUR_MS = 60 * 60 * 1000;
const rotate = (id: string, what: string, query = '') =>
  stage.send(`POST /admin/channels/${id}/rotate-${what}${query}`);
const tokenIn = (address: string | null) => secretHash(address?.split(/\/|::/).at(-1) ?? '');

test('a rotated webhook token is registered, and the old pair stays valid for eight days', async () => {
  const input = stage.input({ active: true });
  const { channel } = (await stage.send('POST /admin/channels', input)).body;
  const before = await stage.row(channel.id);
  const { status, body } = await rotate(channel.id, 'webhook-token');

  expect(status).toBe(200);
  expect(body.warnings).toEqual([]);
  expect(body).not.toHaveProperty('replaced_webhook'); // our own old address is not foreign
  expect(body.channel.webhook_url).not.toBe(channel.webhook_url);
  const { access } = await stage.row(channel.id);
  for (const secret of ['webhook_token', 'webhook_header'] as const) {
    const [now, old, ...more] = access[secret];
    expect(now?.valid_until).toBeNull();
    expect(old?.sha256).toBe(before.access[secret][0]?.sha256);
    expect((old?.valid_until ?? 0) - stage.deps.now()).toBeGreaterThan(8 * 24 * HOUR_MS - 60_000);
    expect(more).toEqual([]);
  }
  expect(access.webhook_token[0]?.sha256).toBe(tokenIn(body.channel.webhook_url));
  const kept = stage.provider.webhooks.get(String(input.token));
  expect(kept?.url).toBe(body.channel.webhook_url);
  expect(secretHash(kept?.headers?.['x-webhook-secret'] ?? '')).toBe(
    access.webhook_header[0]?.sha256,
  );
});

test('a webhook token rotated while the provider is down is saved, with a warning', async () => {
  const { channel } = (await stage.create({ active: true })).body;
  stage.provider.behave(() => 'reset');
  const { status, body } = await rotate(channel.id, 'webhook-token');

  expect(status).toBe(200);
  expect(body.warnings.map(({ code }) => code)).toEqual(['provider-unreachable']);
  expect((await stage.row(channel.id)).access.webhook_token).toHaveLength(2);
});

test('the new webhook token of an inactive channel is not registered', async () => {
  const { id } = (await stage.create()).body.channel;
  const calls = stage.provider.calls.length;
  await rotate(id, 'webhook-token');
  expect(stage.provider.calls.length).toBe(calls);
});

test('a rotated API key is shown once, and the old one stays valid for a day', async () => {
  const created = (await stage.create()).body;
  const { body } = await rotate(created.channel.id, 'api-key');
  const { api_key } = (await stage.row(created.channel.id)).access;

  expect(body.api_key).toMatch(/^d360c_/);
  expect(body.api_key).not.toBe(created.api_key);
  expect(body).not.toHaveProperty('agent_secret');
  expect(api_key.map(({ sha256 }) => sha256)).toEqual([
    secretHash(body.api_key ?? ''),
    secretHash(created.api_key ?? ''),
  ]);
  const left = (api_key[1]?.valid_until ?? 0) - stage.deps.now();
  expect(left).toBeGreaterThan(24 * HOUR_MS - 60_000);
  expect(left).toBeLessThanOrEqual(24 * HOUR_MS);
});

test('events are signed with the new and the old agent secret for a day', async () => {
  const created = (await stage.create()).body;
  const { body } = await rotate(created.channel.id, 'agent-secret');
  const secrets = await stage.secretsOf(created.channel.id);

  expect(secrets.agent_secret).toBe(body.agent_secret);
  expect(secrets.previous_agent_secret?.secret).toBe(created.agent_secret);
  const asked = stage.agent.requests.length;
  await stage.send(`POST /admin/channels/${created.channel.id}/activate`);
  const signed = () =>
    stage.agent.requests.slice(asked).map(({ headers }) => headers['webhook-signature']);
  expect(signed()[0]?.split(' ')).toHaveLength(2);
  stage.pass(24 * HOUR_MS + 1);
  await stage.send(`POST /admin/channels/${created.channel.id}/activate`);
  expect(signed()[1]?.split(' ')).toHaveLength(1);
});

test('a rotated Incoming Request token gives a new address, and the row keeps the hash of the old one', async () => {
  const { channel } = (await stage.create()).body;
  const { body } = await rotate(channel.id, 'incoming-request-token');
  const hashes = (await stage.row(channel.id)).access.incoming_request_token;

  expect(hashes.map(({ sha256 }) => sha256)).toEqual([
    tokenIn(body.channel.incoming_request_url),
    tokenIn(channel.incoming_request_url),
  ]);
});

test.each([
  'webhook-token',
  'api-key',
  'incoming-request-token',
])('with ?now=true the old %s ends at once', async (what) => {
  const { id } = (await stage.create()).body.channel;
  await rotate(id, what);
  await rotate(id, what, '?now=true');
  const { access } = await stage.row(id);
  expect(access[what.replaceAll('-', '_') as keyof typeof access]).toEqual([
    { sha256: expect.any(String), valid_until: null },
  ]);
});

test('with ?now=true the old agent secret ends at once', async () => {
  const { id } = (await stage.create()).body.channel;
  await rotate(id, 'agent-secret', '?now=true');
  expect((await stage.secretsOf(id)).previous_agent_secret).toBeNull();
});

test('a rotation that names another version is refused and makes no secret', async () => {
  const created = (await stage.create()).body;
  const { id } = created.channel;
  const path = `POST /admin/channels/${id}/rotate-api-key`;
  const { body } = await stage.send(path, undefined, { ifMatch: '"9"' });
  expect(body.code).toBe('version-conflict');
  expect((await stage.row(id)).access.api_key).toHaveLength(1);
});

test.each([
  'api-key',
  'agent-secret',
  'incoming-request-token',
])('of a rotated %s of an active channel 360dialog is told nothing', async (what) => {
  const { id } = (await stage.create({ active: true })).body.channel;
  const calls = stage.provider.calls.length;
  expect((await rotate(id, what)).status).toBe(200);
  expect(stage.provider.calls).toHaveLength(calls);
});
