import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Listening, listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../../infra/local/http/serve.ts';
import { signatureFault } from '../../support/aws-signature.ts';
import { borrowRuntime } from '../../support/borrow-runtime.ts';
import type { TestRuntime } from '../../support/runtime.ts';
import { type } from './terminal.ts';

const KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'session/token+of=somebody',
};
const REGION = 'eu-west-3';
/** What the double of API Gateway hands on. */
const FORWARDED = ['content-type', 'if-match', 'idempotency-key', 'authorization'];

let runtime: TestRuntime;
let api: Listening;
let cloudFormation: Listening;
let folder: string;
/** What the double of API Gateway answers instead of the endpoint. */
let instead: HttpAnswer | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-aws-'));
  runtime = await borrowRuntime();
  api = await listenOnLoopback(serve(gateway));
  cloudFormation = await listenOnLoopback(serve(describeStacks));
});
afterAll(async () => {
  await Promise.all([runtime.stop(), api.close(), cloudFormation.close()]);
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  instead = null;
  vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEYS.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', KEYS.sessionToken);
  vi.stubEnv('AWS_REGION', REGION);
  vi.stubEnv('AWS_DEFAULT_REGION', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', devNull);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', devNull);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => vi.unstubAllEnvs());

/**
 * API Gateway with IAM in front of the real admin endpoints: a call of them that is not signed rightly is
 * forbidden.
 */
async function gateway(ask: HttpAsk): Promise<HttpAnswer> {
  if (instead) return instead;
  const fault = ask.path.startsWith('/admin/')
    ? signatureFault(ask, KEYS, { service: 'execute-api', region: REGION })
    : null;
  if (fault) return json(403, { message: fault });
  const { method, path, query, headers, body } = ask;
  const answer = await fetch(`${runtime.url}${path}${query ? `?${query}` : ''}`, {
    method,
    headers: Object.fromEntries(
      FORWARDED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    ),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  return {
    status: answer.status,
    headers: { 'content-type': answer.headers.get('content-type') ?? '' },
    body: await answer.text(),
  };
}

/** CloudFormation, with the one operation that is used. */
function describeStacks(ask: HttpAsk): HttpAnswer {
  const fault = signatureFault(ask, KEYS, { service: 'cloudformation', region: REGION });
  const wanted = new URLSearchParams(ask.body.toString());
  const stack = wanted.get('StackName');
  if (fault)
    return xml(403, `<Error><Code>SignatureDoesNotMatch</Code><Message>${fault}</Message></Error>`);
  if (wanted.get('Action') !== 'DescribeStacks')
    return xml(400, '<Message>no such action</Message>');
  if (stack === 'empty') return xml(200, outputs({ TableName: 'dialog360-channel-table' }));
  if (stack !== 'dialog360-channel' && stack !== 'second') {
    return xml(400, `<Message>Stack with id ${stack} does not exist</Message>`);
  }
  return xml(
    200,
    outputs({ TableName: 'a&amp;b', ApiUrl: `http://127.0.0.1:${api.port}/`, AdminArn: 'arn' }),
  );
}

const xml = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">${body}</DescribeStacksResponse>`,
});
const outputs = (values: Record<string, string>) =>
  `<DescribeStacksResult><Stacks><member><StackName>x</StackName><Outputs>${Object.entries(values)
    .map(
      ([name, value]) =>
        `<member><Description>of ${name}</Description><OutputKey>${name}</OutputKey>\n<OutputValue>${value}</OutputValue></member>`,
    )
    .join('')}</Outputs></member></Stacks></DescribeStacksResult>`;

const cloud = (line: string[], input = '') =>
  type(line, {
    input,
    env: { AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${cloudFormation.port}` },
  });

test('the command line finds the stack’s address and signs every request: create, list, edit, rotate, delete', async () => {
  const line = ['create', '--title', 'In the cloud', '--agent-url', 'http://127.0.0.1:9/turn'];
  const created = await cloud([...line, '--json'], 'key-in-the-cloud');
  expect(created.code).toBe(0);
  const { id } = JSON.parse(created.stdout).channel;

  expect((await cloud(['list', '--stack', 'second'])).stdout).toContain(id);
  expect((await cloud(['edit', id, '--title', 'Über den Wolken', '--if-version', '1'])).code).toBe(
    0,
  );
  expect((await cloud(['rotate', id, 'api-key', '--now'])).stdout).toContain('d360c_');
  const direct = ['--url', `http://127.0.0.1:${api.port}/`];
  expect((await cloud(['show', id, ...direct])).stdout).toContain('Über den Wolken');
  expect((await cloud(['delete', id, '--yes'])).code).toBe(0);
});

test('the command line signs the request for each page of a list', async () => {
  for (let at = 0; at < 22; at++) {
    await fetch(`${runtime.url}/admin/channels`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        title: `N${at}`,
        token: `key-of-page-${at}`,
        agent: { url: 'http://127.0.0.1:9' },
      }),
    });
  }
  const { stdout } = await cloud(['list', '--json']);
  const { channels } = JSON.parse(stdout) as { channels: { title: string }[] };
  expect(channels.map(({ title }) => title).slice(-22)).toEqual(
    Array.from({ length: 22 }, (_, at) => `N${at}`),
  );
});

test('a message and a notification to an address that is given need the channel’s API key and no AWS account', async () => {
  const line = ['create', '--title', 'With a key', '--agent-url', 'http://127.0.0.1:9/turn'];
  const { stdout } = await cloud([...line, '--active', '--json'], 'key-for-sending');
  const { channel, api_key } = JSON.parse(stdout);
  for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN', 'REGION']) {
    vi.stubEnv(`AWS_${name}`, undefined);
  }
  const place = ['--phone', '491713996010', '--url', `http://127.0.0.1:${api.port}`];
  const template = ['--template', 'parcel', '--language', 'en'];
  const notified = await cloud(['notify', channel.id, ...place, ...template], api_key);
  expect(notified).toMatchObject({ code: 0, stderr: '' });
  const sent = await cloud(['send', channel.id, ...place, '--text', 'Hello'], api_key);
  expect(sent).toMatchObject({ code: 0, stderr: '' });

  const wrong = await cloud(['send', channel.id, ...place, '--text', 'Hello'], 'd360c_wrong');
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('unauthorized') });
  const plain = ['send', channel.id, '--phone', '491713996010', '--text', 'Hello'];
  expect((await cloud([...plain, '--url', 'http://example.com'], api_key)).code).toBe(2);
  expect((await cloud([...plain, '--url', 'https://a.example', '--local'], api_key)).code).toBe(2);
  expect((await cloud(plain, api_key)).stderr).toContain('--region');
});

test('the region and the keys come from a profile when the environment has none', async () => {
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  writeFileSync(config, `[profile work]\nregion = ${REGION}\n`);
  writeFileSync(
    credentials,
    `[work]\naws_access_key_id = ${KEYS.accessKeyId}\naws_secret_access_key = ${KEYS.secretAccessKey}\naws_session_token = ${KEYS.sessionToken}\n`,
  );
  for (const name of [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_REGION',
  ]) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('AWS_CONFIG_FILE', config);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', credentials);
  expect((await cloud(['list', '--profile', 'work'])).code).toBe(0);
});

test('the command line says what is missing and what to do, and exits with 3', async () => {
  const unknown = await cloud(['list', '--stack', 'nobody']);
  expect(unknown).toMatchObject({ code: 3, stdout: '' });
  expect(unknown.stderr).toMatch(
    /stack nobody was not found in eu-west-3.*does not exist.*--stack/,
  );
  const foreign = await cloud(['list', '--stack', 'empty']);
  expect(foreign).toMatchObject({ code: 3, stderr: expect.stringContaining('no output ApiUrl') });

  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  const nobody = await cloud(['list']);
  expect(nobody).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/No AWS credentials: .*--profile/),
  });
  vi.stubEnv('AWS_REGION', undefined);
  const nowhere = await cloud(['list']);
  expect(nowhere).toMatchObject({ code: 3, stderr: expect.stringContaining('--region') });
});

test('when AWS refuses the keys the command line names the permission it needs, and exits with 1', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another');
  const { code, stderr } = await cloud(['list', '--url', `http://127.0.0.1:${api.port}`]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/AWS refused the call \(forbidden\)[\s\S]*execute-api:Invoke/);
});

// biome-ignore format: a table reads by column
const troubles: { when: string; answer: HttpAnswer; says: RegExp }[] = [
  { when: 'the endpoint is down',       answer: json(503, { message: 'Service Unavailable' }), says: /answers HTTP 503\. Try again/ },
  { when: 'the table is away',      answer: json(503, { code: 'unavailable', title: 'Something we need cannot be reached', detail: 'It.', status: 503 }), says: /Something we need cannot be reached\. It\. Try again/ },
  { when: 'AWS is called too fast', answer: json(429, { message: 'Too Many Requests' }),   says: /answers HTTP 429/ },
  { when: 'there is another site',  answer: { status: 200, body: '<h1>Shop</h1>' },        says: /is no admin endpoint \(HTTP 200\)/ },
  { when: 'it leads elsewhere',     answer: { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' }, says: /no admin endpoint \(HTTP 302\)/ },
  { when: 'it answers another API', answer: json(200, { items: [] }),                      says: /no admin endpoint of this version/ },
  { when: 'the connection breaks',  answer: 'reset',                                       says: /does not answer \(/ },
];

test.each(troubles)('when $when the command line says so in a sentence, and exits with 3', async ({
  answer,
  says,
}) => {
  instead = answer;
  const { code, stdout, stderr } = await cloud(['list']);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(says);
});
