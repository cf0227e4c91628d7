import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions } from '../../../infra/local/aws/client-options.ts';
import { listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { markBlocked } from '../../../shared/store/channel/channel-block.ts';
import { borrowRuntime } from '../../support/borrow-runtime.ts';
import type { TestRuntime } from '../../support/runtime.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { type } from './terminal.ts';

let runtime: TestRuntime;
let agent: AgentDouble;
let port: string;
beforeAll(async () => {
  agent = await startAgentDouble();
  runtime = await borrowRuntime();
  port = new URL(runtime.url).port;
});
afterAll(async () => {
  await runtime.stop();
  await agent.stop();
});

const local = (line: string[], input = '') => type([...line, '--port', port], { input });
const asProgram = async (line: string[], input = '') => {
  const { code, stdout } = await local([...line, '--json'], input);
  return { code, json: JSON.parse(stdout) };
};
const create = (title: string, token: string, ...more: string[]) =>
  asProgram(
    [
      'create',
      ...['--title', title, '--agent-url', agent.url],
      ...['--base-url', `${runtime.url}/sandbox/360dialog`, ...more],
    ],
    token,
  );

test('an operator creates, lists, shows, edits, checks, rotates, deactivates and deletes a channel', async () => {
  const empty = await local(['list']);
  expect(empty).toMatchObject({ code: 0, stderr: '' });
  expect(empty.stdout).toBe(
    `There is no channel yet: npx dialog360-channel create --help --port ${port}\n`,
  );

  const created = await local(
    [
      'create',
      ...['--title', 'Support', '--agent-url', agent.url, '--active'],
      ...['--base-url', `${runtime.url}/sandbox/360dialog`],
    ],
    'key-of-support-1234\n',
  );
  expect(created).toMatchObject({ code: 0, stderr: '' });
  expect(created.stdout).toMatch(/^Created and activated\./);
  expect(created.stdout).toMatch(/^ {2}API key +d360c_\S+$/m);
  expect(created.stdout).toMatch(/^ {2}agent secret +whsec_\S+$/m);
  expect(created.stdout).not.toContain('key-of-support');
  const id = created.stdout.match(/ch_[0-9a-f]{20}/)?.[0] ?? '';

  const list = await local(['list']);
  expect(list.stdout).toMatch(/^CHANNEL +ACTIVE +HOSTING +TOKEN +TITLE +AGENT$/m);
  expect(list.stdout).toMatch(new RegExp(`^${id} +yes +cloud +…1234 +Support +`, 'm'));

  const edited = await local(['edit', id, '--title', 'Evenings', '--option', 'park_hours=12']);
  expect(edited.stdout).toMatch(/^Changed\./);
  const shown = await local(['show', id]);
  expect(shown.stdout).toMatch(/^ {2}title +Evenings$/m);
  expect(shown.stdout).toMatch(/^ {2}park_hours +12$/m);
  expect(shown.stdout).not.toContain('max_wait_minutes');

  const check = await local(['check', id]);
  expect(check.code).toBe(0);
  expect(check.stdout).toMatch(/^ {2}ok +The webhook is ours$/m);
  expect(check.stdout).toMatch(/^ {2}note +No message has come yet\n.*\n +To do: Write/m);

  const rotated = await local(['rotate', id, 'agent-secret']);
  expect(rotated.stdout).toMatch(/shown only this once: whsec_\S+\n.*stays valid for 24 hours/);
  const atOnce = await local(['rotate', id, 'webhook-token', '--now']);
  expect(atOnce.stdout).toMatch(/New webhook: http\S+\n.*is not valid any more/);

  expect((await local(['deactivate', id])).stdout).toContain('is not active any more');
  expect((await local(['delete', id, '--yes'])).stdout).toContain('is deleted');
  expect((await local(['list'])).stdout).toContain('no channel yet');
}, 30_000);

test('a program gets the endpoint’s own answers as JSON, and nothing else on stdout', async () => {
  const { code, json } = await create('Program', 'key-of-a-program-1');
  expect(code).toBe(0);
  expect(json).toMatchObject({
    channel: { title: 'Program', active: false, token: '…am-1' },
    api_key: expect.stringMatching(/^d360c_/),
    warnings: [],
  });
  const { id } = json.channel;
  const shown = await asProgram(['show', id]);
  const direct = await (await fetch(`${runtime.url}/admin/channels/${id}`)).json();
  expect(shown.json).toEqual(direct);
  const addresses = { webhook_url: null, incoming_request_url: null };
  expect((await asProgram(['list'])).json.channels.at(-1)).toEqual({
    ...shown.json.channel,
    ...addresses,
  });
  expect((await asProgram(['delete', id, '--yes'])).json).toEqual({ deleted: id });
});

test('a channel of this machine is connected to the double, unless it names another address', async () => {
  const made = ['create', '--title', 'Try', '--agent-url', agent.url];
  const { json } = await asProgram(made, 'key-of-a-try-1');
  expect(json.channel.base_url).toBe(`http://localhost:${port}/sandbox/360dialog`);
  const other = `http://127.0.0.1:${port}/elsewhere`;
  const named = await asProgram([...made, '--base-url', other], 'key-of-a-try-2');
  expect(named.json.channel.base_url).toBe(other);
  for (const { channel } of [json, named.json]) await local(['delete', channel.id, '--yes']);
});

test('show and list say that a channel is blocked, and check says what to do', async () => {
  const { json } = await create('Unpaid', 'key-of-unpaid-1', '--active');
  const { id } = json.channel;
  const client = new DynamoDBClient(clientOptions(runtime.aws.endpoints.dynamodb));
  const table = {
    name: runtime.aws.tableName,
    client: DynamoDBDocumentClient.from(client),
  };
  const since = Date.parse('2026-11-23T10:00:00Z');
  const block = { code: 131042, reason: 'No bill was paid.', since };
  expect(await markBlocked(table, { id, secret_version: 1 }, block)).toBe(true);
  client.destroy();

  const line = /^ {2}blocked +since 2026-11-23T10:00:00\.000Z: No bill was paid\. \(131042\)$/m;
  expect((await local(['show', id])).stdout).toMatch(line);
  expect((await local(['list'])).stdout).toMatch(new RegExp(`^${id} +blocked +cloud`, 'm'));
  const check = await local(['check', id]);
  expect(check.code).toBe(4);
  expect(check.stdout).toMatch(/The channel is blocked\n.*131042.*\n +To do: Settle it/);

  expect((await local(['activate', id])).stdout).not.toMatch(/blocked/);
  expect((await local(['show', id])).stdout).not.toMatch(/blocked/);
  await local(['deactivate', id]);
  await local(['delete', id, '--yes']);
});

test('a whole channel comes from a file, with its secret headers, and options count before the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  const file = join(folder, 'channel.json');
  const input = {
    title: 'From a file',
    token: 'key-in-a-file-1',
    base_url: `${runtime.url}/sandbox/360dialog`,
    agent: { url: agent.url, headers: { 'x-secret': 'of-the-file' } },
    options: { park_hours: 3, choices: 'list' },
  };
  writeFileSync(file, `\ufeff${JSON.stringify(input)}`); // as Windows writes files
  const line = ['create', '--from', file, '--title', 'Over it', '--agent-timeout-ms', '5000'];
  const { json } = await asProgram([...line, '--option', 'park_hours=4']);
  expect(json.channel).toMatchObject({
    title: 'Over it',
    agent: { url: agent.url, headers: { 'x-secret': '…' }, timeout_ms: 5000 },
    options: { park_hours: 4, choices: 'list' },
  });
  rmSync(folder, { recursive: true });

  const edit = await asProgram(['edit', json.channel.id, '--from', '-'], '{"base_url":null}');
  expect(edit.json.channel.base_url).toBeNull();
  const again = await asProgram([
    'edit',
    json.channel.id,
    '--base-url',
    '',
    '--agent-events',
    'message,delivery:read',
  ]);
  expect(again.json.channel).toMatchObject({
    base_url: null,
    agent: { events: ['message', 'delivery:read'] },
  });
});

test('warnings are shown with what to do, and the command is done', async () => {
  const { json } = await create('Warned', 'key-that-is-warned-1');
  const remove = runtime.dialog360.onRequest(() => ({ status: 503, body: '' }));
  const activated = await local(['activate', json.channel.id]);
  remove();
  expect(activated.code).toBe(0);
  expect(activated.stdout).toMatch(
    /is active\.\n\nWarning: Can’t reach channel\n {2}360dialog did not answer/,
  );
});

test('a refusal shows the endpoint’s reason and the path of each fault, and exits with 1', async () => {
  const { json } = await create('Refused', 'key-that-is-refused-1', '--active');
  const { id } = json.channel;
  const invalid = await local(['edit', id, '--option', 'park_hours=99', '--title', '']);
  expect(invalid).toMatchObject({ code: 1, stdout: '' });
  expect(invalid.stderr).toMatch(/^ {2}options\.park_hours: must be a number from 1 to 24$/m);
  expect(invalid.stderr).toMatch(/^ {2}title: must be/m);

  const conflict = await asProgram(['edit', id, '--title', 'B', '--if-version', '7']);
  expect(conflict).toMatchObject({ code: 1, json: { code: 'version-conflict', status: 412 } });
  const active = await asProgram(['delete', id, '--yes']);
  expect(active).toMatchObject({ code: 1, json: { code: 'channel-active' } });
  const taken = await create('Second', 'key-that-is-refused-1', '--active');
  expect(taken).toMatchObject({ code: 1, json: { code: 'token-in-use' } });
  const unknown = await asProgram(['show', 'ch_/../..?x=1']);
  expect(unknown).toMatchObject({ code: 1, json: { code: 'channel-unknown' } });
});

test('a new token is read like the first one, and never shown', async () => {
  const { json } = await create('Rotating', 'key-that-was-1');
  const edited = await local(['edit', json.channel.id, '--token'], 'key-that-comes-2\n');
  expect(edited.stdout).toMatch(/^ {2}token +…es-2$/m);
  expect(edited.stdout).not.toContain('key-that');
});

test('control characters in titles and in others’ words are not printed', async () => {
  const { json } = await create('\u001b[2J\u001b]0;owned\u0007Title\rx', 'key-of-escapes-1');
  const { stdout } = await local(['show', json.channel.id]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(stdout).toContain('Title?x');
});

test('when no runtime answers the command line says what to do, and exits with 3', async () => {
  const free = await listenOnLoopback(() => {});
  await free.close();
  const { code, stdout, stderr } = await type(['list', '--port', String(free.port)]);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/localhost:\d+ does not answer \(ECONNREFUSED\)\. Start .* npm start/);
});

test('another server on the port is not taken for our admin endpoints', async () => {
  const { port: other } = new URL(agent.url);
  agent.answerWith(() => ({ status: 200, headers: {}, body: '<h1>It works!</h1>' }));
  const { code, stderr } = await type(['show', 'ch_a', '--port', other]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/is no admin endpoint|answers HTTP 500/);
});
