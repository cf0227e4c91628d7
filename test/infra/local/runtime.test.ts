import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLocal } from '../../../infra/local/runtime.ts';
import { startRuntime } from '../../support/runtime.ts';
import { FIXTURE_JOBS } from '../../support/runtime-fixtures.ts';
import { queueClient } from '../../support/runtime-queue.ts';
import { until } from '../../support/runtime-until.ts';

const { worker, send } = FIXTURE_JOBS;
const tuning = { functions: { worker } };
/** Where each runtime keeps its bundles while it runs. */
const bundleFolders = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`dialog360-channel-${process.pid}-`));

describe('a runtime with a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runtime-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('does after the next start a job that it was working on when it stopped', async () => {
    const first = await startRuntime({ data: folder, tuning });
    const queue = queueClient(first.aws.endpoints.sqs);
    await queue.send(first.aws.queueUrls.inbound, { body: { do: 'hang' }, group: 'anna' });
    await until(() => first.output.some(({ line }) => line.includes('"seen"')));
    await first.stop();

    const second = await startRuntime({ data: folder, tuning });
    const { seen } = (await second.logged((entry) => 'seen' in entry)) as {
      seen: { attributes: Record<string, string> };
    };
    expect(seen.attributes.ApproximateReceiveCount).toBe('2');
    await second.idle();
    await second.stop();
  });

  test('does not share it with a second runtime, which leaves nothing behind', async () => {
    const first = await startRuntime({ data: folder, tuning });
    const before = bundleFolders();
    await expect(startRuntime({ data: folder, tuning })).rejects.toMatchObject({
      code: 'unavailable',
      facts: { detail: expect.stringContaining('in use by another runtime') },
    });
    expect(bundleFolders()).toEqual(before);
    await first.stop();
  });

  test('says so in a clear sentence when it is not a folder', async () => {
    const data = join(folder, 'file', 'runtime.pid');
    rmSync(folder, { recursive: true });
    const blocked = startLocal({ port: 0, data: join('/dev/null', data), demo: false, tuning });
    await expect(blocked).rejects.toMatchObject({
      facts: { detail: expect.stringMatching(/^--data .* cannot be used: ENOTDIR/) },
    });
  });
});

test('the runtime names a function that cannot be loaded, and leaves nothing behind', async () => {
  const broken = { ...send, handler: 'nowhere' };
  const lines: string[] = [];
  const before = bundleFolders();
  await expect(
    startLocal({
      port: 0,
      data: 'memory',
      demo: false,
      tuning: { functions: { worker, send: broken } },
      onOutput: ({ line }) => lines.push(line),
    }),
  ).rejects.toMatchObject({ facts: { detail: 'Cannot be loaded: send.' } });
  expect(lines.join('\n')).toContain('exports no nowhere');
  expect(bundleFolders()).toEqual(before);
});

test('the runtime removes what a killed one has left', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const left = mkdtempSync(join(tmpdir(), `dialog360-channel-${dead}-`));
  const runtime = await startRuntime({ tuning });
  expect(existsSync(left)).toBe(false);
  await runtime.stop();
});

test('the runtime stops once and completely, also when stop is called twice', async () => {
  const before = bundleFolders();
  const runtime = await startRuntime({ tuning: { functions: { worker, send } } });
  const pids = runtime.pids();
  expect(pids).toHaveLength(2);
  const [bundleFolder = ''] = bundleFolders().filter((name) => !before.includes(name));
  expect(existsSync(join(tmpdir(), bundleFolder))).toBe(true);

  await Promise.all([runtime.stop(), runtime.stop()]);
  expect(existsSync(join(tmpdir(), bundleFolder))).toBe(false);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await expect(fetch(runtime.url)).rejects.toThrow('fetch failed');
});
