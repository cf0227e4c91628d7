import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { until } from '../../support/runtime-until.ts';

const PROGRAM = join(import.meta.dirname, '../../../infra/local/start.ts');
/** A start builds and loads the functions, which takes long on a machine that runs other tests. */
const LONG_WAIT = { timeoutMs: 40_000 };

/** A printed line: the time, the visitor's last digits, what happened. */
const STEP = /^[\d:]{8} {2}(?:…01 {2})?(\w+ \w+(?:: answered)?)/;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** `npm start -- …args`, without npm. */
function run(...args: string[]) {
  return watched(spawn(process.execPath, [PROGRAM, ...args]));
}

function watched(child: ChildProcess) {
  started.push(child);
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.on('data', (chunk) => {
      said[stream] += chunk;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const up = () =>
    until(
      () => {
        if (child.exitCode !== null) throw new Error(said.stderr || 'it ended');
        return said.stdout.match(/^ {2}curl (\S+) -d '(.*)'$/m);
      },
      { ...LONG_WAIT, what: 'the welcome' },
    );
  return { child, said, ended, up };
}

/** Does what the printed command does. */
async function play([, url, body]: RegExpMatchArray) {
  const answer = await fetch(url ?? '', { method: 'POST', body: body ?? '' });
  return (await answer.json()) as { replies: { text: string; statuses: string[] }[] };
}

const processes = () =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
const childrenOf = (parent: number) =>
  processes().flatMap(([pid, ppid]) => (ppid === parent && pid ? [pid] : []));
const alive = (pids: number[]) => processes().some(([pid]) => pids.includes(pid ?? 0));

test('npm start answers --help and wrong flags without starting anything', async () => {
  const help = run('--help');
  expect(await help.ended).toBe(0);
  expect(help.said.stdout).toContain('--data');

  const wrong = run('--prot', '3000');
  expect(await wrong.ended).toBe(2);
  expect(wrong.said.stderr).toMatch(/^Unknown option '--prot' \(did you mean --port\?\)\.\n/);
});

test('npm start says in one sentence that its port is taken, and exits with 1', async () => {
  const taken = await listenOnLoopback(() => {});
  const runtime = run('--port', String(taken.port));
  expect(await runtime.ended).toBe(1);
  expect(runtime.said).toEqual({
    stdout: '',
    stderr: `Port ${taken.port} is taken by another program. Choose another one: npm start -- --port ${taken.port + 1}\n`,
  });
  await taken.close();
});

test('npm start prints what happens to a message, leaves no process after SIGTERM or a killed npm, and keeps its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const free = await listenOnLoopback(() => {});
  await free.close();
  const args = ['--port', String(free.port), '--data', folder];

  const first = run(...args);
  const played = await play(await first.up());
  expect(played.replies).toEqual([
    expect.objectContaining({
      text: expect.stringContaining('Hello Anna!'),
      statuses: ['accepted', 'sent', 'delivered', 'read'],
    }),
  ]);
  const story = first.said.stdout.split('\n').flatMap((line) => line.match(STEP)?.[1] ?? []);
  expect(story).toEqual([
    'message in',
    'agent asked: answered',
    'reply accepted',
    'reply sent',
    'reply delivered',
    'reply read',
  ]);
  const sandboxes = childrenOf(first.child.pid ?? 0);
  expect(sandboxes.length).toBeGreaterThanOrEqual(5);
  const asked = Date.now();
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(Date.now() - asked).toBeLessThan(2_500);
  expect(alive(sandboxes)).toBe(false);

  // The second is started as npm does it, with a shell in between. The shell outlives an npm that is
  // killed with SIGKILL, and the runtime must not.
  const inner = `"${process.execPath}" "${PROGRAM}" --port ${free.port} --data "${folder}"; true`;
  const npm = watched(
    spawn('sh', ['-c', `sh -c '${inner}' & wait`], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
    }),
  );
  const again = await play(await npm.up());
  const demo = /demo channel {2}(\S+)/;
  expect(npm.said.stdout.match(demo)?.[1]).toBe(first.said.stdout.match(demo)?.[1]);
  // The folder has the chat, so that the demo agent does not greet again.
  expect(again.replies[0]?.text).toMatch(/^You wrote/);

  const [shell = 0] = childrenOf(npm.child.pid ?? 0);
  const [runtime = 0] = childrenOf(shell);
  const all = [runtime, ...childrenOf(runtime)];
  expect(all.length).toBeGreaterThanOrEqual(6);
  npm.child.kill('SIGKILL');
  await until(() => !alive(all), { what: 'the end of the runtime' });
  rmSync(folder, { recursive: true });
}, 90_000);
