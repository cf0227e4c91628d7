import { expect, test } from 'vitest';
import { findChannel } from '../../../shared/store/channel/channels.ts';
import { openLastSeen, readLastSeen } from '../../../shared/store/channel/last-seen.ts';
import { openStage } from './stage.ts';

const stage = openStage();
const DAY_MS = 24 * 60 * 60 * 1000;
const find = (id: string) =>
  findChannel(stage.deps.table, id, { consistent: true, now: stage.deps.now() });

test('an active channel cannot be deleted', async () => {
  const { id } = (await stage.create({ active: true })).body.channel;
  const { status, body } = await stage.send(`DELETE /admin/channels/${id}`);

  expect(status).toBe(409);
  expect(body).toMatchObject({
    code: 'channel-active',
    detail: expect.stringContaining('Deactivate'),
  });
  expect((await stage.send(`GET /admin/channels/${id}`)).status).toBe(200);
});

test('a deleted channel is unknown at every endpoint, and its secrets are gone', async () => {
  const { id } = (await stage.create()).body.channel;
  const deleted = await stage.send(`DELETE /admin/channels/${id}`);
  expect(deleted).toMatchObject({ status: 204, text: '' });

  const endpoints = [
    `GET /admin/channels/${id}`,
    `DELETE /admin/channels/${id}`,
    ...['activate', 'deactivate', 'check', 'rotate-api-key'].map(
      (action) => `POST /admin/channels/${id}/${action}`,
    ),
  ];
  for (const endpoint of endpoints) {
    expect((await stage.send(endpoint)).body, endpoint).toMatchObject({
      code: 'channel-unknown',
      status: 404,
    });
  }
  const edit = await stage.send(`PATCH /admin/channels/${id}`, { active: true });
  expect(edit.body.code).toBe('channel-unknown');
  const { body } = await stage.send('GET /admin/channels?limit=100');
  expect(body.channels.map((channel) => channel.id)).not.toContain(id);
  await expect(stage.deps.secrets.read(id, 1)).rejects.toThrow('ParameterNotFound');
});

test('deleting a channel also deletes the note of when something last came for it', async () => {
  const { id } = (await stage.create()).body.channel;
  const now = stage.deps.now();
  await openLastSeen(stage.deps.table, stage.deps.now).note(id, now, 'last_inbound_at');
  expect((await readLastSeen(stage.deps.table, id)).last_inbound_at).toBe(now);

  await stage.send(`DELETE /admin/channels/${id}`);
  expect((await readLastSeen(stage.deps.table, id)).last_inbound_at).toBeNull();
});

test('its tombstone stays for eight days, inactive, with the hashes that the webhook compares', async () => {
  const { id } = (await stage.create()).body.channel;
  const before = await find(id);
  await stage.send(`DELETE /admin/channels/${id}`);

  const tombstone = await find(id);
  expect(tombstone).toMatchObject({ active: false, deleted_at: expect.any(String) });
  expect(tombstone?.access.webhook_token).toEqual(before?.access.webhook_token);
  stage.pass(8 * DAY_MS - 60_000);
  expect(await find(id)).not.toBeNull();
  stage.pass(120_000);
  expect(await find(id)).toBeNull();
});

test('a deletion that names an older version is refused', async () => {
  const { id } = (await stage.create()).body.channel;
  await stage.send(`PATCH /admin/channels/${id}`, { title: 'Kept' });
  const refused = await stage.send(`DELETE /admin/channels/${id}`, undefined, { ifMatch: '"1"' });
  expect(refused.body.code).toBe('version-conflict');
  expect((await stage.send(`GET /admin/channels/${id}`)).body.channel.title).toBe('Kept');
});
