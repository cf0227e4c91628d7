import { devNull } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { runCommandLine } from '../../../infra/cli/run-command-line.ts';
import { type Listening, listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { json, serve } from '../../../infra/local/http/serve.ts';
import { signatureFault } from '../../support/aws-signature.ts';
import { until } from '../../support/runtime-until.ts';
import { openTerminal, type } from './terminal.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const REGION = 'eu-west-3';
const LIST = { channels: [], next: null };

/** API Gateway with IAM, and CloudFormation, which knows its address. */
let gateway: Listening;
let cloudFormation: Listening;

beforeAll(async () => {
  gateway = await listenOnLoopback(
    serve((ask) => {
      const fault = signatureFault(ask, KEYS, { service: 'execute-api', region: REGION });
      return fault ? json(403, { message: fault }) : json(200, LIST);
    }),
  );
  cloudFormation = await listenOnLoopback(
    serve(() => ({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><Outputs><member><OutputKey>ApiUrl</OutputKey><OutputValue>http://127.0.0.1:${gateway.port}/</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    })),
  );
});
afterAll(() => Promise.all([gateway.close(), cloudFormation.close()]));

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEYS.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_REGION', REGION);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', devNull);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', devNull);
});
afterEach(() => vi.unstubAllEnvs());

const env = () => ({ AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${cloudFormation.port}` });

test('the console finds the stack’s address, signs what its page calls, and ends with Ctrl-C', async () => {
  const terminal = openTerminal({ env: env() });
  const ending = runCommandLine(['console'], terminal);
  await until(() => `${terminal.shown.stdout}${terminal.shown.stderr}`.includes('Ctrl-C'), {
    timeoutMs: 50_000,
    what: 'the address of the console',
  });
  expect(terminal.shown.stdout).toContain('The console of dialog360-channel, eu-west-3 is open');
  const [url = ''] = terminal.shown.stdout.match(/http:\/\/localhost:\S+/) ?? [];
  const first = await fetch(url, { redirect: 'manual' });
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const ask = async (path: string) => {
    const answer = await fetch(new URL(path, url), { headers: { cookie } });
    return [answer.status, await answer.json()];
  };
  const place = { name: 'dialog360-channel', region: REGION };
  expect(await ask('/console/place.json')).toEqual([200, place]);
  expect(await ask('/admin/channels?limit=100')).toEqual([200, LIST]);
  terminal.interrupt();
  expect([await ending, terminal.shown.stderr]).toEqual([0, '']);
  expect(terminal.shown.stdout).toContain('The console is closed.');
});

test('the console opens no page where AWS refuses the keys, or the port is none', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another');
  const refused = await type(['console'], { env: env() });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('execute-api:Invoke');
  for (const port of ['here', '70000']) {
    expect((await type(['console', '--listen', port])).code).toBe(2);
  }
});

test('the console says when its port is taken', async () => {
  const taken = String(gateway.port);
  const { code, stderr } = await type(['console', '--listen', taken], { env: env() });
  expect([code, stderr]).toEqual([3, `Port ${taken} is taken: choose another with --listen.\n`]);
});

test('the help says in plain words what the console is', async () => {
  const { code, stdout } = await type(['console', '--help']);
  expect(code).toBe(0);
  for (const words of ['npm run console is the same', 'Ctrl-C', '--listen N', '--stack NAME']) {
    expect(stdout).toContain(words);
  }
});
