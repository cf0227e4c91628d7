import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { addressFaults } from '../../functions/channels/address-faults.ts';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { askHttpAgent } from '../../shared/agent/http-agent.ts';
import { signedHeaders } from '../../shared/agent/sign.ts';
import { channelInputSchema } from '../../shared/contract/channel-input.ts';
import { read } from '../../shared/kernel/parse.ts';
import { askedEvent } from '../support/asked-event.ts';
import { until } from '../support/runtime-until.ts';

const PAGES = join(import.meta.dirname, '../../docs/agents');
const SECRET = `whsec_${Buffer.from('s'.repeat(32)).toString('base64')}`;
const folder = mkdtempSync(join(tmpdir(), 'agent-pages-'));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const agent of started) agent.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** The fenced blocks of a page in one language. */
const blocksIn = (page: string, language: string): string[] =>
  readFileSync(join(PAGES, page), 'utf8')
    .split('\n```')
    .filter((_, at) => at % 2 === 1)
    .filter((block) => block.startsWith(`${language}\n`))
    .map((block) => block.slice(language.length + 1));

const settings = readdirSync(PAGES)
  .filter((page) => !['http.md', 'recipes.md'].includes(page))
  .flatMap((page) => blocksIn(page, 'json').map((block) => ({ page, block })));

test.each(settings)('the channel of $page can be created as it stands there', ({ page, block }) => {
  const channel = { ...JSON.parse(block.replaceAll('…', 'x')), token: 'a-key' };
  const input = read(channelInputSchema, channel);
  expect(input).toMatchObject({ ok: true, value: { agent: { kind: page.replace('.md', '') } } });
  expect(input.ok && addressFaults(input.value, 'public')).toEqual([]);
});

test('every kind but http has its settings on its page', () => {
  expect(new Set(settings.map(({ page }) => page)).size).toBe(9);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
const programs = [
  { language: 'js', name: 'agent.mjs', command: 'node' },
  { language: 'python', name: 'agent.py', command: 'python3' },
].filter(({ command }) => command === 'node' || hasPython);

test.each(programs)('the agent in $language answers what is signed, and nothing else', async ({
  language,
  name,
  command,
}) => {
  const file = join(folder, name);
  writeFileSync(file, blocksIn('http.md', language)[0] ?? '');
  const { port, close } = await listenOnLoopback((_, response) => response.end());
  await close();
  const env = { PATH: process.env.PATH, AGENT_SECRET: SECRET, PORT: String(port) };
  started.push(spawn(command, [file], { env, stdio: 'ignore' }));
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(url, { method: 'HEAD' }).then(
        () => true,
        () => false,
      ),
    { what: name },
  );
  expect(await ask(url, SECRET)).toMatchObject({ answer: { replies: ['You said: Hello'] } });
  const other = `whsec_${Buffer.from('o'.repeat(32)).toString('base64')}`;
  expect(await ask(url, other)).toMatchObject({
    kind: 'refused',
    reason: 'HTTP 401, the agent refuses our signature',
  });
});

test('the Lambda answers what is signed, and nothing else', async () => {
  const file = join(folder, 'lambda.mjs');
  writeFileSync(file, blocksIn('http.md', 'js')[1] ?? '');
  process.env.AGENT_SECRET = SECRET;
  const { handler } = await import(pathToFileURL(file).href);
  delete process.env.AGENT_SECRET;
  const body = JSON.stringify(askedEvent({ message: { text: 'Hello' } }));
  const headers = signedHeaders({ id: 'evt_1', body, secrets: [SECRET], at: 1 });
  expect(await handler({ body, headers })).toEqual({ replies: ['You said: Hello'] });
  const encoded = Buffer.from(body).toString('base64');
  expect(await handler({ body: encoded, isBase64Encoded: true, headers })).toHaveProperty(
    'replies',
  );
  expect(await handler({ body: `${body} `, headers })).toEqual({ statusCode: 401 });
});

async function ask(url: string, secret: string) {
  const { reply } = await askHttpAgent({
    channel: {
      agent: { kind: 'http', url, timeout_ms: 5_000, events: null, header_names: [] },
    },
    secrets: {
      token: '',
      agent_secret: secret,
      previous_agent_secret: null,
      agent_headers: {},
      webhook_token: '',
      webhook_header: '',
      incoming_request_token: '',
    },
    event: askedEvent({ message: { text: 'Hello' } }),
    reach: 'local',
    now: Date.now(),
  });
  return reply;
}
