import { expect, test } from 'vitest';
import { secretHash } from '../../../shared/kernel/hash.ts';
import { CLAIM_LEASE_MS } from '../../../shared/rules/channel/token-claim.ts';
import { findClaim } from '../../../shared/store/channel/channel-tokens.ts';
import { openStage } from './stage.ts';

const stage = openStage();
let made = 0;
const newToken = () => `shared-key-${++made}-0123456789`;
/** The function learns that it has claimed the token, and then its next call to AWS fails. */
function dieAfterClaim(): void {
  let claimed = false;
  stage.hooks.add(({ operation, moment }) => {
    if (claimed && moment === 'before') return 'refuse';
    if (operation === 'PutItem' && moment === 'after') claimed = true;
    return 'pass';
  });
}
const activate = (id: string) => stage.send(`POST /admin/channels/${id}/activate`);
const deactivate = (id: string) => stage.send(`POST /admin/channels/${id}/deactivate`);
const idOf = async (token: string, active = false) =>
  (await stage.create({ token, active })).body.channel.id;

test('inactive channels may share a token, and only one of them may be active', async () => {
  const token = newToken();
  const first = await idOf(token, true);
  const second = await idOf(token);
  stage.pass(CLAIM_LEASE_MS); // an active channel keeps it for longer than a lease
  const refused = await activate(second);

  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    code: 'token-in-use',
    title: 'Another active channel has this token',
    detail: expect.stringContaining(`Deactivate the channel ${first}, which has this token`),
  });
  expect((await stage.send(`GET /admin/channels/${second}`)).body.channel).toMatchObject({
    active: false,
    version: 1,
  });
  expect((await stage.create({ token, active: true })).body.code).toBe('token-in-use');

  await deactivate(first);
  expect((await activate(second)).status).toBe(200);
  expect((await activate(first)).body.code).toBe('token-in-use');
});

test('an edit cannot take the token of another active channel, and keeps its own when it fails', async () => {
  const token = newToken();
  await idOf(token, true);
  const other = newToken();
  const id = await idOf(other, true);
  const refused = await stage.send(`PATCH /admin/channels/${id}`, { token });

  expect(refused.body.code).toBe('token-in-use');
  expect(await findClaim(stage.deps.table, secretHash(other))).toMatchObject({ channel_id: id });
});

test('a token that an active channel has replaced is free at once', async () => {
  const token = newToken();
  const id = await idOf(token, true);
  const changed = await stage.send(`PATCH /admin/channels/${id}`, { token: newToken() });

  expect(changed.status).toBe(200);
  expect(await findClaim(stage.deps.table, secretHash(token))).toBeNull();
  expect((await stage.create({ token, active: true })).status).toBe(201);
});

test.each([
  2, 5,
])('of %i activations of one token at the same moment exactly one succeeds', async (many) => {
  for (let round = 0; round < 6; round++) {
    const token = newToken();
    const ids = await Promise.all(Array.from({ length: many }, () => idOf(token)));
    const answers = await Promise.all(ids.map(activate));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array(many - 1).fill(409)]);
    expect((await activeOnes(ids)).length).toBe(1);
  }
});

test('a claim left by a dead activation yields to its own channel at once, and to others after a minute', async () => {
  const token = newToken();
  const dead = await idOf(token);
  const other = await idOf(token);
  dieAfterClaim();
  expect((await activate(dead)).status).toBe(503);
  stage.hooks.clear();

  expect(await findClaim(stage.deps.table, secretHash(token))).toMatchObject({ channel_id: dead });
  expect((await activate(other)).body.code).toBe('token-in-use');
  expect((await activate(dead)).status).toBe(200);
  await deactivate(dead);

  dieAfterClaim();
  await activate(dead);
  stage.hooks.clear();
  stage.pass(CLAIM_LEASE_MS);
  expect((await activate(other)).status).toBe(200);
  expect((await activate(dead)).body.code).toBe('token-in-use');
});

test('however activations and deactivations cross, at most one channel is active and the token is never lost', async () => {
  const token = newToken();
  const ids = await Promise.all([idOf(token), idOf(token), idOf(token)]);
  for (let wave = 0; wave < 12; wave++) {
    const orders = ids.flatMap((id, at) =>
      (wave + at) % 3
        ? [activate(id), deactivate(id)]
        : [deactivate(id), activate(id), activate(id)],
    );
    const answers = await Promise.all(orders);
    for (const { status, text } of answers) expect([200, 409, 412], text).toContain(status);
    expect((await activeOnes(ids)).length).toBeLessThanOrEqual(1);
    stage.pass(wave % 2 ? CLAIM_LEASE_MS : 10);
  }
  for (const id of ids) expect((await deactivate(id)).status).toBe(200);
  stage.pass(CLAIM_LEASE_MS);
  for (const id of ids) {
    expect((await activate(id)).status).toBe(200);
    await deactivate(id);
  }
});

async function activeOnes(ids: string[]): Promise<string[]> {
  const shown = await Promise.all(ids.map((id) => stage.send(`GET /admin/channels/${id}`)));
  return shown.flatMap(({ body }) => (body.channel.active ? [body.channel.id] : []));
}
