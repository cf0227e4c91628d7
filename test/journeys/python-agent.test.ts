import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { signedHeaders } from '../../shared/agent/sign.ts';
import { type as typed } from '../infra/cli/terminal.ts';
import { borrowRuntime } from '../support/borrow-runtime.ts';
import { holdFile, someBytes } from '../support/journey-files.ts';
import type { TestRuntime } from '../support/runtime.ts';
import { until } from '../support/runtime-until.ts';
import { cloudMessage } from '../support/webhook-bodies.ts';

const ROOT = join(import.meta.dirname, '../..');
const AGENT = join(ROOT, 'infra/examples/agent.py');
const TOKEN = 'key-of-the-python-agent';
const hasPython = spawnSync('python3', ['--version']).status === 0;

let runtime: TestRuntime;
const started: ChildProcess[] = [];

/** Starts the agent as the README says, and waits until it answers. */
async function startAgent(secret: string, port: number): Promise<ChildProcess> {
  const agent = spawn('python3', [AGENT], {
    env: { PATH: process.env.PATH, AGENT_SECRET: secret, PORT: String(port) },
    stdio: 'ignore',
  });
  started.push(agent);
  const answers = () =>
    fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    );
  await until(answers, { what: 'the agent' });
  return agent;
}

async function endOf(agent: ChildProcess): Promise<void> {
  agent.kill('SIGKILL');
  await until(() => agent.signalCode !== null, { what: 'the end of the agent' });
}

/** Runs the command line against this runtime. Resolves to its JSON. */
async function command(line: string[], input = '') {
  const { port } = new URL(runtime.url);
  const { code, stdout } = await typed([...line, '--port', port, '--json'], { input });
  const json = JSON.parse(stdout);
  if (code !== 0) throw new Error(`${line[0]} ended with ${code}: ${stdout}`);
  return json;
}

/** A visitor sends a message. Resolves to what the phone receives. */
async function play(text: string): Promise<string[]> {
  const answer = await fetch(`${runtime.url}/sandbox/360dialog/play`, {
    method: 'POST',
    body: JSON.stringify({ from: '491700000007', name: 'Anna', text, token: TOKEN }),
  });
  const { replies } = (await answer.json()) as { replies: { text: string }[] };
  return replies.map((reply) => reply.text);
}

async function deadLetters(): Promise<Record<string, unknown>[]> {
  const client = new DynamoDBClient(clientOptions(runtime.aws.endpoints.dynamodb));
  const { Items = [] } = await client.send(new ScanCommand({ TableName: runtime.aws.tableName }));
  client.destroy();
  return Items.filter(({ pk }) => String(pk).startsWith('DEAD#'));
}

describe.skipIf(!hasPython)(
  `the agent of the README${hasPython ? '' : ' (there is no python3 here)'}`,
  () => {
    let channel: { id: string };
    let secret: string;
    let port: number;
    let agent: ChildProcess;

    beforeAll(async () => {
      runtime = await borrowRuntime();
      const free = await listenOnLoopback(() => {});
      await free.close();
      port = free.port;
      const line = ['create', '--title', 'Python', '--agent-url', `http://127.0.0.1:${port}`];
      const base = ['--base-url', `${runtime.url}/sandbox/360dialog`];
      const created = await command([...line, ...base], TOKEN);
      channel = created.channel;
      secret = created.agent_secret;
      agent = await startAgent(secret, port);
      const activated = await command(['activate', channel.id]);
      expect(activated.warnings).toEqual([]);
    });
    afterAll(async () => {
      for (const child of started) child.kill('SIGKILL');
      await runtime.stop();
    });

    test('verifies our signature and answers, and the answer arrives at the phone', async () => {
      expect(await play('Grüße 👋')).toEqual(['You wrote: Grüße 👋']);
    });

    test('downloads a picture by the address in the event', async () => {
      const bytes = someBytes(4_711);
      const id = holdFile({ provider: runtime.dialog360 }, TOKEN, {
        mimeType: 'image/jpeg',
        bytes,
      });
      const { url, headers } = runtime.dialog360.account(TOKEN).webhook ?? { url: '', headers: {} };
      const image = { id, mime_type: 'image/jpeg' };
      const message = { id: 'wamid.python-picture', type: 'image', image };
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(cloudMessage({ wa_id: '491700000008' }, message)),
      });
      expect(answer.status).toBe(200);
      const [reply] = await until(() => {
        const sent = runtime.dialog360.sent.filter(
          ({ request }) => request.phone === '491700000008',
        );
        return sent.length > 0 && sent;
      });
      expect(reply?.request.text).toBe('Thank you for 4711 bytes of image/jpeg');
    });

    test('goes on while its secret is rotated, because events are signed with the old secret too for a day', async () => {
      const rotated = await command(['rotate', channel.id, 'agent-secret']);
      expect(await play('with the old secret')).toEqual(['You wrote: with the old secret']);
      await endOf(agent);
      agent = await startAgent(rotated.agent_secret, port);
      expect(await play('with the new secret')).toEqual(['You wrote: with the new secret']);
    });

    test('refuses what is not signed with its secret, and the turn becomes a dead letter', async () => {
      await endOf(agent);
      agent = await startAgent(`whsec_${Buffer.alloc(32, 7).toString('base64')}`, port);
      await fetch(`${runtime.url}/sandbox/360dialog/play?wait=0`, {
        method: 'POST',
        body: JSON.stringify({
          from: '491700000007',
          name: 'Anna',
          text: 'who are you',
          token: TOKEN,
        }),
      });
      const [letter] = await until(async () => {
        const letters = await deadLetters();
        return letters.length > 0 && letters;
      });
      expect(letter).toMatchObject({
        code: 'agent-rejected',
        reason: 'HTTP 401, the agent refuses our signature',
        queue: 'inbound',
      });
      await runtime.idle();
      expect(runtime.dialog360.sent.map(({ request }) => request.text)).not.toContain(
        'You wrote: who are you',
      );
    });

    test('answers what is posted again under one id as before, and does nothing twice', async () => {
      let fetched = 0;
      const files = await listenOnLoopback((_, response) => {
        fetched += 1;
        response.writeHead(200, { 'content-type': 'image/png' }).end('a picture');
      });
      const file = { url: `http://127.0.0.1:${files.port}/` };
      const body = JSON.stringify({ event: { type: 'message' }, message: { text: '', file } });
      const at = Math.floor(Date.now() / 1000);
      const secrets = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`];
      const ask = async (id: string) => {
        const headers = signedHeaders({ id, body, secrets, at });
        const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body });
        return [answer.status, await answer.text()];
      };
      const first = await ask('evt_again');
      expect(first).toEqual([200, expect.stringContaining('9 bytes of image/png')]);
      expect(await ask('evt_again')).toEqual(first);
      expect(fetched).toBe(1);
      expect(await ask('evt_another')).toEqual(first);
      expect(fetched).toBe(2);
      await files.close();
    });

    test('refuses what was signed long ago and what is not signed', async () => {
      const body = '{"event":{"type":"message"},"message":{"text":"again"}}';
      for (const headers of [
        {},
        { 'webhook-id': 'evt_1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' },
      ]) {
        const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body });
        expect(answer.status).toBe(401);
      }
    });
  },
);

test('the README shows the agent as it is', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(readme).toContain(`\`\`\`python\n${readFileSync(AGENT, 'utf8')}\`\`\``);
});
