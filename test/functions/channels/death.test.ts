import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import type { Verdict } from '../../../infra/local/aws/intercept.ts';
import { openSecrets } from '../../../shared/secrets/secrets.ts';
import { openStage, PLENTY, PREFIX } from './stage.ts';

const stage = openStage();

/** The id under which the one unfinished creation left things behind. */
async function begunId(): Promise<string | undefined> {
  const scan = new ScanCommand({ TableName: stage.deps.table.name });
  const { Items = [] } = await stage.deps.table.client.send(scan);
  return Items.find(({ begun }) => begun)?.id;
}
const parameterOf = (id: string) =>
  new SSMClient().send(new GetParameterCommand({ Name: `${PREFIX}/${id}` }));

test('a creation dies after it wrote its secrets: there is no channel, and the creation can be repeated', async () => {
  const input = stage.input();
  stage.dieAfter('PutParameter');
  expect((await stage.send('POST /admin/channels', input)).status).toBe(503);
  stage.hooks.clear();

  const id = (await begunId()) ?? '';
  const { body } = await stage.send('GET /admin/channels');
  expect(body.channels).toEqual([]);
  expect((await stage.send(`GET /admin/channels/${id}`)).body.code).toBe('channel-unknown');
  expect((await stage.send('POST /admin/channels', input)).status).toBe(201);
  // The secrets stay for now: that creation might still be under way.
  expect(await parameterOf(id)).toMatchObject({ Parameter: { Type: 'SecureString' } });
});

test('the next list clears away what a dead creation has left, also when that list dies, too', async () => {
  const id = (await begunId()) ?? '';
  stage.pass(61_000);
  stage.dieAfter('DeleteParameter');
  // The list does not fail when it cannot clear away.
  expect((await stage.send('GET /admin/channels')).status).toBe(200);
  stage.hooks.clear();
  expect(await begunId()).toBe(id);

  expect((await stage.send('GET /admin/channels')).status).toBe(200);
  expect(await begunId()).toBeUndefined();
  await expect(parameterOf(id)).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('an edit dies after it wrote its secrets: the old ones count, and the edit can be repeated', async () => {
  const input = stage.input();
  const { id } = (await stage.send('POST /admin/channels', input)).body.channel;
  stage.dieAfter('PutParameter');
  const edit = { token: 'key-that-came-later', title: 'Later' };
  expect((await stage.send(`PATCH /admin/channels/${id}`, edit)).status).toBe(503);
  stage.hooks.clear();

  expect((await stage.secretsOf(id)).token).toBe(input.token);
  expect(await stage.row(id)).toMatchObject({ version: 1, title: 'Support' });
  expect((await stage.send(`PATCH /admin/channels/${id}`, edit)).status).toBe(200);
  expect((await stage.secretsOf(id)).token).toBe('key-that-came-later');
});

test('an activation dies after the commit: the channel is active, and activating it again registers it', async () => {
  const input = stage.input();
  const { id } = (await stage.send('POST /admin/channels', input)).body.channel;
  stage.dieAfter('PutItem', 2);
  expect((await stage.send(`POST /admin/channels/${id}/activate`)).status).toBe(503);
  stage.hooks.clear();

  expect(await stage.row(id)).toMatchObject({ active: true, version: 2 });
  expect(stage.provider.webhooks.has(String(input.token))).toBe(false);
  const healed = await stage.send(`POST /admin/channels/${id}/activate`);
  expect(healed.body.warnings).toEqual([]);
  expect(stage.provider.webhooks.get(String(input.token))?.url).toBe(
    healed.body.channel.webhook_url,
  );
});

test('a commit whose answer was lost is recognised when the SDK repeats it', async () => {
  const { id } = (await stage.create()).body.channel;
  let lost = 0;
  stage.hooks.add(({ operation, moment }) =>
    operation === 'PutItem' && moment === 'after' && lost++ === 0 ? 'fail' : 'pass',
  );
  const edited = await stage.send(
    `PATCH /admin/channels/${id}`,
    { title: 'Once' },
    { ifMatch: '1' },
  );

  expect(lost).toBeGreaterThan(0);
  expect(edited.status).toBe(200);
  expect(await stage.row(id)).toMatchObject({ title: 'Once', version: 2 });
});

test('when the old token could not be released, another channel may still have it', async () => {
  const input = stage.input({ active: true });
  const { id } = (await stage.send('POST /admin/channels', input)).body.channel;
  stage.pass(120_000);
  stage.hooks.add(({ operation }) => (operation === 'DeleteItem' ? 'fail' : 'pass'));
  const changed = await stage.send(`PATCH /admin/channels/${id}`, {
    token: 'key-that-replaces-it',
  });
  stage.hooks.clear();

  // A failure after the commit must not hide from the operator that the edit counts.
  expect(changed.status).toBe(200);
  expect((await stage.send('POST /admin/channels', input)).status).toBe(201);
});

test('a deletion dies after the tombstone: deleting again removes the secrets', async () => {
  const { id } = (await stage.create()).body.channel;
  const secretVersion = (await stage.row(id)).secret_version;
  stage.dieAfter('PutItem', 2); // the first one schedules the erasure
  expect((await stage.send(`DELETE /admin/channels/${id}`)).status).toBe(503);
  stage.hooks.clear();

  const elsewhere = openSecrets({ prefix: PREFIX });
  expect(await elsewhere.read(id, secretVersion)).toBeTruthy();
  const again = await stage.send(`DELETE /admin/channels/${id}`);
  expect(again).toMatchObject({ status: 404, body: { erasing: true } });
  await expect(openSecrets({ prefix: PREFIX }).read(id, secretVersion)).rejects.toThrow(
    'ParameterNotFound',
  );
});

test('an edit that crosses a deletion leaves no secrets behind', async () => {
  const { id } = (await stage.create()).body.channel;
  let deleted: Promise<unknown> | null = null;
  stage.hooks.add(async ({ service, operation, moment }): Promise<Verdict> => {
    if (deleted || operation !== 'PutParameter' || moment !== 'before' || service !== 'ssm')
      return 'pass';
    deleted = stage.send(`DELETE /admin/channels/${id}`);
    await deleted;
    return 'pass';
  });
  const edit = { token: 'key-for-nobody-123' };
  const deps = { timeLimits: PLENTY };
  const edited = await stage.send(`PATCH /admin/channels/${id}`, edit, { deps });
  stage.hooks.clear();

  expect(edited.status).toBe(404);
  await expect(openSecrets({ prefix: PREFIX }).read(id, 1)).rejects.toThrow('ParameterNotFound');
});

test('while the table is away the answer is 503, without the words of the error', async () => {
  stage.hooks.add(({ service }) => (service === 'dynamodb' ? 'fail' : 'pass'));
  const answer = await stage.create({ active: true });
  stage.hooks.clear();

  expect(answer.status).toBe(503);
  expect(answer.body).toMatchObject({ code: 'unavailable', status: 503 });
  expect(answer.text).not.toMatch(/intercepted|InternalServerError|dynamodb/i);
});

test('when two rotations cross, the provider ends with the newest registration', async () => {
  const input = stage.input({ active: true });
  const { id } = (await stage.send('POST /admin/channels', input)).body.channel;
  // The first rotation registers after the second one is complete.
  let second: ReturnType<typeof stage.send> | null = null;
  stage.hooks.add(async ({ operation, moment }): Promise<Verdict> => {
    // The first one has committed its row and not registered yet: now the second one runs as a whole.
    if (operation !== 'PutItem' || moment !== 'after' || second) return 'pass';
    if ((await stage.row(id)).version !== 2) return 'pass';
    second = stage.send(`POST /admin/channels/${id}/rotate-webhook-token`);
    await second;
    return 'pass';
  });
  await stage.send(`POST /admin/channels/${id}/rotate-webhook-token`);
  stage.hooks.clear();

  expect(second).not.toBeNull();
  const { channel } = (await stage.send(`GET /admin/channels/${id}`)).body;
  expect(channel.version).toBe(3);
  expect(stage.provider.webhooks.get(String(input.token))?.url).toBe(channel.webhook_url);
});
