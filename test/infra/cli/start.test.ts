import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';

const PROGRAM = join(import.meta.dirname, '../../../infra/cli/main.cjs');
/** Prints at the end what the program has loaded, and whether Node keeps what it compiled. */
const WATCH = `
  import { getCompileCacheDir, registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
  process.on('exit', () => {
    const keeps = getCompileCacheDir() !== undefined;
    process.stderr.write('WATCHED' + JSON.stringify({ loaded, keeps }));
  });
`;

async function loadedBy(...args: string[]): Promise<{ loaded: string[]; keeps: boolean }> {
  const hook = `data:text/javascript,${encodeURIComponent(WATCH)}`;
  const run = promisify(execFile)(process.execPath, ['--import', hook, PROGRAM, ...args]);
  const { stderr } = await run.catch((error: { stderr: string }) => error);
  return JSON.parse(stderr.split('WATCHED')[1] ?? '');
}

test('the command line starts quickly: it loads no library of AWS before it calls the cloud, and Node keeps what it compiles', async () => {
  const free = await listenOnLoopback(() => {});
  await free.close();
  for (const line of [['--help'], ['create', '--help'], ['list', '--port', String(free.port)]]) {
    const { loaded, keeps } = await loadedBy(...line);
    expect(loaded.length).toBeGreaterThan(20);
    expect(loaded.filter((url) => /@(aws-sdk|smithy|aws-crypto)\//.test(url))).toEqual([]);
    expect(keeps).toBe(true);
  }
  const { loaded } = await loadedBy(
    'list',
    '--url',
    'https://api.example',
    '--region',
    'eu-central-1',
    '--profile',
    'none-such',
  );
  expect(loaded.some((url) => url.includes('@smithy/'))).toBe(true);
});

test('a reader that is gone before the end, such as head, changes neither the exit code nor what is said', async () => {
  for (const [line, code] of [
    [['--help'], 0],
    [['status', '--port', 'x', '--json'], 2],
  ] as const) {
    const program = spawn(process.execPath, [PROGRAM, ...line], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    program.stdout.destroy();
    const [said, ended] = await Promise.all([text(program.stderr), once(program, 'close')]);
    expect([said, ended[0]]).toEqual(['', code]);
  }
});
