// MiniStack: services of AWS that others wrote, in a process of its own on loopback
// (https://github.com/ministackorg/ministack). It is installed once, into a virtual environment below node_modules.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export const MINI_STACK = 'ministack==1.5.33';
export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';
/** The account's root, as MiniStack has it. */
export const ROOT_KEYS = { accessKeyId: 'test', secretAccessKey: 'test' };

const VENV = join(import.meta.dirname, '../../node_modules/.cache', MINI_STACK);

export interface MiniStack {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  python: string;
  /** The end of what it has written. */
  tail(): string;
  stop(): Promise<void>;
}

/** `auth`: every call must be signed and allowed by a policy, as in an account. */
export async function startMiniStack({ auth }: { auth: boolean }): Promise<MiniStack> {
  const python = join(VENV, 'bin/python');
  if (!existsSync(join(VENV, 'bin/ministack'))) {
    execFileSync('python3', ['-m', 'venv', VENV]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', MINI_STACK];
    execFileSync(python, install, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const folder = mkdtempSync(join(tmpdir(), 'mini-stack-'));
  const port = await freePort();
  const child = spawn(join(VENV, 'bin/ministack'), {
    cwd: folder,
    // Nothing else of this environment: no credentials and no proxy of the person who runs it.
    env: {
      HOME: folder,
      TMPDIR: folder,
      STATE_DIR: join(folder, 'state'),
      LANG: 'C.UTF-8',
      // The functions run on the Node that runs this.
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: REGION,
      AWS_ACCESS_KEY_ID: ROOT_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ROOT_KEYS.secretAccessKey,
      AUTH: String(auth),
      LOG_LEVEL: 'WARNING',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // with its functions it is ended as a group
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      written = `${written}${chunk}`.slice(-200_000);
    });
  }
  const end = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself, and nothing of its group is left.
    }
  };
  process.once('exit', end);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    end();
    process.off('exit', end);
    if (child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
    rmSync(folder, { recursive: true, force: true });
  };
  while (!(await isUp(url))) {
    if (child.exitCode !== null) throw new Error(`MiniStack did not start: ${written}`);
    await setTimeout(100);
  }
  return { url, port, python, tail: () => written.slice(-20_000), stop };
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_ministack/health`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
