import { expect, test } from 'vitest';
import { countFailedCall, markSlow } from '../../../shared/store/channel/call-marks.ts';
import { markBlocked } from '../../../shared/store/channel/channel-block.ts';
import { openStage } from './stage.ts';

const stage = openStage();

const SINCE = Date.parse('2026-11-23T10:00:00Z');
const REASON = 'Payment is due. See https://pay.example/x?key=1 or call +49 171 3920042.';

/** An active channel whose every message 360dialog refuses. */
async function blockedChannel(): Promise<string> {
  const { id } = (await stage.create({ active: true })).body.channel;
  await block(id);
  return id;
}
async function block(id: string) {
  const { secret_version } = await stage.row(id);
  const marked = { code: 131042, reason: REASON, since: SINCE };
  expect(await markBlocked(stage.deps.table, { id, secret_version }, marked)).toBe(true);
}

test('a channel says that it is blocked, since when and why, without addresses and numbers', async () => {
  const { channel } = (await stage.create({ active: true })).body;
  expect(channel.blocked).toBeNull();
  await block(channel.id);

  const shown = {
    code: 131042,
    reason: 'Payment is due. See … or call ….',
    since: '2026-11-23T10:00:00.000Z',
  };
  const { body } = await stage.send(`GET /admin/channels/${channel.id}`);
  expect(body.channel).toEqual({ ...channel, blocked: shown });
  const list = (await stage.send('GET /admin/channels?limit=100')).body.channels;
  expect(list.find(({ id }) => id === channel.id)?.blocked).toEqual(shown);
});

test('the doctor finds that the channel is blocked, and says the cure', async () => {
  const id = await blockedChannel();
  const { body } = await stage.send(`POST /admin/channels/${id}/check`);
  const finding = body.findings?.find(({ code }) => code === 'channel-blocked');
  expect(finding).toMatchObject({
    level: 'problem',
    detail: expect.stringMatching(/2026-11-23T10:00:00.000Z.*131042: Payment is due\. See …/),
    cure: expect.stringMatching(/token/),
  });
  expect((await stage.row(id)).blocked).toMatchObject({ since: SINCE });
});

test.each([
  'PATCH /admin/channels/{id}',
  'POST /admin/channels/{id}/activate',
  'POST /admin/channels/{id}/deactivate',
  'POST /admin/channels/{id}/rotate-api-key',
  'POST /admin/channels/{id}/rotate-agent-secret',
  'POST /admin/channels/{id}/rotate-webhook-token',
  'POST /admin/channels/{id}/rotate-incoming-request-token',
])('%s saves the channel without the mark, in the answer and in the table', async (request) => {
  const id = await blockedChannel();
  const { status, body } = await stage.send(request.replace('{id}', id), { title: 'Mended' });
  expect(status).toBe(200);
  expect(body.channel.blocked).toBeNull();
  expect(await stage.row(id)).not.toHaveProperty('blocked');
});

test('an edit also forgets that calls to the agent and the provider were slow or failed', async () => {
  const { id } = (await stage.create({ active: true })).body.channel;
  await markSlow(stage.deps.table, id, 'agent', Date.now() + 60_000);
  await markSlow(stage.deps.table, id, 'provider', Date.now() + 60_000);
  for (let failure = 0; failure < 5; failure++) {
    await countFailedCall(stage.deps.table, id, 'agent', Date.now());
    await countFailedCall(stage.deps.table, id, 'provider', Date.now());
  }
  const { status, body } = await stage.send(`PATCH /admin/channels/${id}`, { title: 'Mended' });
  expect([status, body.channel.version]).toEqual([200, 2]);
  const names = Object.keys(await stage.row(id));
  expect(names.filter((name) => /^(agent|provider)_/.test(name))).toEqual([]);
});

test('a refused edit leaves the mark where it is', async () => {
  const id = await blockedChannel();
  const path = `PATCH /admin/channels/${id}`;
  expect((await stage.send(path, { title: '' })).status).toBe(422);
  expect((await stage.send(path, { title: 'T' }, { ifMatch: '"7"' })).status).toBe(412);
  expect((await stage.row(id)).blocked).toMatchObject({ code: 131042 });
});

test('a mark set in the middle of an edit is no conflict, and the edit saves the channel without it', async () => {
  const { id } = (await stage.create({ active: true })).body.channel;
  let isMarked = false;
  stage.hooks.add(async ({ operation, moment }) => {
    if (operation !== 'PutItem' || moment !== 'before' || isMarked) return 'pass' as const;
    isMarked = true;
    await block(id);
    return 'pass' as const;
  });
  const { status, body } = await stage.send(`PATCH /admin/channels/${id}`, { title: 'Mended' });
  expect([status, body.channel.version]).toEqual([200, 2]);
  expect(isMarked).toBe(true);
  expect(await stage.row(id)).not.toHaveProperty('blocked');
});
