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
/** The commands of the README that are about this machine, in their order, without their comments. */
const COMMANDS = [...README.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => line.split(' #')[0]?.trim() ?? '')
  .filter((line) => line.includes('localhost') || line.includes('npm start'));

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

/** Of a terminal that another one follows: what was run in it is over. */
async function end({ child }: { child: ChildProcess }): Promise<void> {
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await until(() => child.exitCode !== null || child.signalCode !== null, { what: 'its end' });
  started.splice(started.indexOf(child), 1);
}

const answersAt = (port: number) => () =>
  fetch(`http://127.0.0.1:${port}`).then(
    () => true,
    () => false,
  );

test.skipIf(!canRun)(
  `the README’s commands run as printed, in the order printed${canRun ? '' : ' (no python3 or curl here)'}`,
  async () => {
    const [port, agentPort] = [await freePort(), await freePort()];
    // Whoever runs this has run `npm ci`, and here it would take away what runs.
    const onThesePorts = (command: string) =>
      command
        .replace('npm ci && ', '')
        .replace(/^npm start(?: --)?/, `"${process.execPath}" infra/local/start.ts --port ${port}`)
        .replaceAll('localhost:3000', `localhost:${port}`)
        .replaceAll('localhost:8000', `localhost:${agentPort}`);
    let runtime: ReturnType<typeof inBackground> | null = null;
    const terminals: { text: string }[] = [];
    const seen: Played[] = [];
    for (const command of COMMANDS) {
      const line = onThesePorts(command);
      if (command.includes('npm start')) {
        if (runtime) await end(runtime);
        const next = inBackground(line);
        const isUp = () => {
          if (next.child.exitCode !== null) throw new Error(next.said.text);
          return next.said.text.includes('is up');
        };
        await until(isUp, { timeoutMs: 40_000, what: 'the welcome' });
        expect((await fetch(`http://localhost:${port}`)).status).toBe(200);
        terminals.push(next.said);
        runtime = next;
      } else if (command.startsWith('AGENT_SECRET=')) {
        expect(runtime?.said.text).toContain('Agent did not answer.');
        inBackground(line, { PORT: String(agentPort) });
        await until(answersAt(agentPort), { what: 'the agent' });
      } else {
        const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: ROOT });
        seen.push(JSON.parse(stdout));
      }
    }

    const [tried, guide, first, picture, menu, tap, chat, ...more] = seen;
    expect(more).toEqual([]);
    expect(tried?.replies).toMatchObject([
      {
        text: expect.stringMatching(/^Hello Anna! You wrote: “Hello”\./),
        buttons: [{ label: 'Show a picture' }, {}, {}],
      },
    ]);
    expect(guide?.one_of).toMatchObject({ text: {}, file: {}, tap: {} });
    const textsOf = (one: Played | undefined) => one?.replies?.map(({ text }) => text);
    expect([first, picture, tap].map(textsOf)).toEqual([
      ['You wrote: Hello'],
      [expect.stringMatching(/^Thank you for \d+ bytes of image\/png$/)],
      ['You wrote: Opening hours'],
    ]);
    expect(menu?.replies).toMatchObject([
      { text: 'What next?', buttons: [{ label: 'Opening hours' }, { label: 'A person' }] },
    ]);
    expect(chat?.messages).toHaveLength(8);
    const answered = () =>
      terminals.map(({ text }) => text.match(/agent asked: answered/g)?.length);
    await expect.poll(answered).toEqual([1, 4]);
  },
  120_000,
);
