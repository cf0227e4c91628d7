import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import type { ChatLine } from '../../infra/local/dialog360/chat/chat-line.ts';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { until } from '../support/runtime-until.ts';

const ROOT = join(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
/** The commands of the README that are about this machine, in their order. */
const COMMANDS = [...README.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line.split(' #')[0]?.includes('localhost'));

const canRun = ['python3', 'curl'].every((name) => spawnSync(name, ['--version']).status === 0);

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) process.kill(-(child.pid ?? 0), 'SIGKILL');
});

/** As in a terminal of its own. */
function inBackground(command: string, env: Record<string, string> = {}) {
  const child = spawn('sh', ['-c', command], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    detached: true,
  });
  started.push(child);
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said.text += chunk;
    });
  }
  return { child, said };
}

async function freePort(): Promise<number> {
  const free = await listenOnLoopback(() => {});
  await free.close();
  return free.port;
}

interface Played {
  played?: string;
  replies?: ChatLine[];
  messages?: ChatLine[];
  one_of?: object;
}

test.skipIf(!canRun)(
  `the README’s commands run as printed, in the order printed${canRun ? '' : ' (no python3 or curl here)'}`,
  async () => {
    const [port, agentPort] = [await freePort(), await freePort()];
    const onThesePorts = (command: string) =>
      command
        .replace(/^npm start --/, `"${process.execPath}" infra/local/start.ts --port ${port}`)
        .replaceAll('localhost:3000', `localhost:${port}`)
        .replaceAll('localhost:8000', `localhost:${agentPort}`);
    const [start, agent, ...others] = ['npm start', 'AGENT_SECRET=', 'curl'].flatMap((word) =>
      COMMANDS.filter((line) => line.startsWith(word)).map(onThesePorts),
    );
    expect(others).toHaveLength(COMMANDS.length - 2);

    const runtime = inBackground(start ?? '');
    await until(
      () => {
        if (runtime.child.exitCode !== null) throw new Error(runtime.said.text);
        return runtime.said.text.includes('is up');
      },
      { timeoutMs: 40_000, what: 'the welcome' },
    );
    expect(runtime.said.text).toContain('Agent did not answer.');
    inBackground(agent ?? '', { PORT: String(agentPort) });
    const answers = () =>
      fetch(`http://127.0.0.1:${agentPort}`).then(
        () => true,
        () => false,
      );
    await until(answers, { what: 'the agent' });

    const seen: Played[] = [];
    for (const command of others) {
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: ROOT });
      seen.push(JSON.parse(stdout));
    }
    const [first, guide, again, picture, menu, tap, chat] = seen;
    const textsOf = (one: Played | undefined) => one?.replies?.map(({ text }) => text);
    expect([first, again, picture, tap].map(textsOf)).toEqual([
      ['You wrote: Hello'],
      ['You wrote: Hello'],
      [expect.stringMatching(/^Thank you for \d+ bytes of image\/png$/)],
      ['You wrote: Opening hours'],
    ]);
    expect(guide?.one_of).toMatchObject({ text: {}, file: {}, tap: {} });
    expect(menu?.replies).toMatchObject([
      { text: 'What next?', buttons: [{ label: 'Opening hours' }, { label: 'A person' }] },
    ]);
    expect(chat?.messages).toHaveLength(10);
  },
  120_000,
);
