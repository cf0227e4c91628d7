import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentSecret } from '../../../../infra/local/demo/agent-secret.ts';
import { agentTrouble, demoChannel } from '../../../../infra/local/demo/demo-channel.ts';
import { welcome } from '../../../../infra/local/demo/welcome.ts';
import {
  type Listening,
  listenOnLoopback,
} from '../../../../infra/local/http/listen-on-loopback.ts';
import type { ChannelAnswer } from '../../../../shared/contract/channel-answer.ts';
import { borrowRuntime } from '../../../support/borrow-runtime.ts';
import type { TestRuntime } from '../../../support/runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const file = join(folder, 'demo.json');
let runtime: TestRuntime;
let agent: Listening;
/** What the agent answers. */
let status = 200;
beforeAll(async () => {
  runtime = await borrowRuntime();
  agent = await listenOnLoopback((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"ready":true}');
  });
});
afterAll(async () => {
  await agent.close();
  await runtime.stop();
  rmSync(folder, { recursive: true });
});

const demo = (agentUrl: string | null) =>
  demoChannel({
    url: runtime.url,
    aws: runtime.aws,
    providerUrl: runtime.dialog360.url,
    agentUrl,
    demoAgentUrl: `${runtime.url}/sandbox/agent`,
    file,
  });
const agentOf = async (channelId: string) => {
  const answer = await fetch(`${runtime.url}/admin/channels/${channelId}`);
  return ((await answer.json()) as ChannelAnswer).channel.agent.url;
};

test('the demo channel is made once, and wired to the agent that is named', async () => {
  const first = await demo(null);
  expect(await agentOf(first.channelId)).toBe(`${runtime.url}/sandbox/agent`);
  expect(first.agentSecret).toMatch(/^whsec_/);

  const own = `http://localhost:${agent.port}`;
  const second = await demo(own);
  expect(second).toEqual({ ...first, agentUrl: own });
  expect(await agentOf(first.channelId)).toBe(own);
  // What an operator has set stays, when the next start names no agent.
  expect(await demo(null)).toEqual(second);
  expect(await agentOf(first.channelId)).toBe(own);
});

test('the secret of its agent is told as it is after a rotation, also by a later start, and not once the channel is deleted', async () => {
  const { channelId, agentSecret: first } = await demo(null);
  const path = `${runtime.url}/admin/channels/${channelId}`;
  const told = () => agentSecret(runtime.aws, { channelId });
  expect(await told()).toMatchObject({ status: 200, body: first });

  const rotated = await fetch(`${path}/rotate-agent-secret?now=true`, { method: 'POST' });
  const { agent_secret } = (await rotated.json()) as ChannelAnswer;
  expect(agent_secret).not.toBe(first);
  expect(await told()).toMatchObject({ status: 200, body: agent_secret });
  expect((await demo(null)).agentSecret).toBe(agent_secret);

  await fetch(`${path}/deactivate`, { method: 'POST' });
  await fetch(path, { method: 'DELETE' });
  expect(await told()).toMatchObject({ status: 404 });
});

// biome-ignore format: a table reads by column
const answers = [
  { when: 'is ready',             answers: 200,  says: null },
  { when: 'refuses our secret',   answers: 401,  says: /^The agent refuses our signature\. .*HTTP 401/ },
  { when: 'is at another path',   answers: 404,  says: /^There is no agent at this address\./ },
];

test.each(answers)('the start says in words that the agent $when', async ({ answers, says }) => {
  status = answers;
  const trouble = await agentTrouble(runtime.url, await demo(`http://localhost:${agent.port}`));
  if (says) expect(trouble).toMatch(says);
  else expect(trouble).toBeNull();
});

test('the start says that an agent is not there, and prints how the agent of the README is started', async () => {
  const gone = await listenOnLoopback(() => {});
  await gone.close();
  const channel = await demo(`http://localhost:${gone.port}`);
  const trouble = await agentTrouble(runtime.url, channel);
  expect(trouble).toMatch(/^Agent did not answer\. .*ECONNREFUSED/);
  const text = welcome({
    url: runtime.url,
    demo: channel,
    kept: null,
    trouble,
    emptyTemplates: null,
  });
  expect(text).not.toContain('templates');
  expect(text).toContain(trouble);
  const command = `PORT=${gone.port} AGENT_SECRET=${channel.agentSecret} python3 infra/examples/agent.py`;
  expect(text).toContain(`\n  ${command}\n`);
});

test('the start says that the file of the templates lists none', () => {
  const facts = { url: runtime.url, demo: null, kept: null, trouble: null };
  expect(welcome({ ...facts, emptyTemplates: 'mine.json' })).toMatch(
    /^ {2}templates +none: mine\.json lists none, so no template can be sent$/m,
  );
});
