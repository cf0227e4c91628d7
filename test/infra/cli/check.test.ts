import { afterAll, beforeAll, expect, test } from 'vitest';
import { borrowRuntime } from '../../support/borrow-runtime.ts';
import type { TestRuntime } from '../../support/runtime.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { printedCommands, type } from './terminal.ts';

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
async function create(token: string, ...more: string[]): Promise<string> {
  const { stdout } = await local(
    [
      'create',
      ...['--title', 'Checked', '--agent-url', agent.url],
      ...['--base-url', `${runtime.url}/sandbox/360dialog`, ...more, '--json'],
    ],
    token,
  );
  return JSON.parse(stdout).channel.id;
}

test('a check that finds a problem says what it means and what to do, and exits with 4', async () => {
  const id = await create('key-that-is-ill-1', '--active');
  const remove = runtime.dialog360.onRequest(() => ({ status: 401, body: '' }));
  const check = await local(['check', id]);
  remove();
  expect(check.code).toBe(4);
  expect(check.stdout).toMatch(
    /^ {2}PROBLEM {2}The API key is rejected\n.*HTTP 401.*\n +To do: Copy the key/m,
  );
});

test('an operator asks the agent one real question, and reads what a visitor would have got', async () => {
  const id = await create('key-that-is-asked-1');
  agent.answerWith(({ event }) =>
    event.event.type === 'ready'
      ? { ready: true }
      : { replies: [{ type: 'buttons', text: 'Which?', buttons: ['A'] }], dialog: 'operator' },
  );
  const answered = await local(['check', id, '--ask', 'ping']);
  expect(answered.code).toBe(0);
  expect(answered.stdout).toMatch(/^ {2}ok +The agent answers a message$/m);
  expect(answered.stdout).toMatch(
    /^ {2}Asked +ping\n {2}buttons +Which\?\n(.+\n)* {2}dialog +operator$/m,
  );
  agent.answerWith(() => ({ status: 500 }));
  const lost = await local(['check', id, '--ask', 'ping']);
  expect(lost.code).toBe(4);
  expect(lost.stdout).toMatch(/^ {2}Asked +ping\n {2}lost +HTTP 500 \(agent-unavailable\)$/m);
});

test('where one command is the cure, check prints it as it can be pasted', async () => {
  const id = await create('key-that-is-cured-1');
  agent.answerWith(() => ({ status: 401 }));
  const { code, stdout } = await local(['check', id]);
  expect(code).toBe(4);
  const secret = `npx dialog360-channel rotate ${id} agent-secret --port ${port}`;
  expect(stdout).toMatch(
    new RegExp(`The agent refuses our signature\\n.*\\n.*\\n {13}${secret}$`, 'm'),
  );
  const commands = printedCommands(stdout);
  expect(commands.map(([first]) => first)).toEqual(['activate', 'rotate', 'activate']);
  for (const command of commands) expect(await type(command)).toMatchObject({ code: 0 });
});

test('show says what only its kind of agent has', async () => {
  const id = await create('key-that-is-of-a-model');
  const edited = await local(['edit', id, '--agent-kind', 'openai-chat', '--agent', 'model=small']);
  expect(edited.stderr).toBe('');
  const { stdout } = await local(['show', id]);
  expect(stdout).toMatch(/^ {2}agent model +small$/m);
});
