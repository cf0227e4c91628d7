import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openBundleFolder } from '../../../../infra/local/folders/open-bundle-folder.ts';
import { type Bundles, buildBundles } from '../../../../infra/local/lambda/build-bundles.ts';
import { Pool, type PoolSpec } from '../../../../infra/local/lambda/pool.ts';
import { FIXTURE_JOBS } from '../../../support/runtime-fixtures.ts';
import { until } from '../../../support/runtime-until.ts';

const { worker } = FIXTURE_JOBS;
const bundleFolder = openBundleFolder();
let bundles: Bundles;
let spec: PoolSpec;
let pool: Pool;
beforeAll(async () => {
  bundles = await buildBundles([worker], bundleFolder.folder);
});
afterAll(() => bundleFolder.close());

beforeEach(() => {
  const environment = { _HANDLER: worker.handler, SANDBOX_BUNDLE: bundles.fileOf(worker.entry) };
  const { sandbox: program } = bundles;
  spec = { name: 'pool', program, environment, timeoutMs: 5_000, limit: 2, onOutput: () => {} };
  pool = new Pool(spec);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await pool.stop();
});

const jobTo = (wish: string) => ({
  Records: [
    {
      messageId: wish,
      body: JSON.stringify({ do: wish }),
      attributes: { ApproximateReceiveCount: '1' },
    },
  ],
});
const does = (wish: string) => pool.invoke(jobTo(wish));

/** Waits in real time, because the test's own clock must not move. */
async function areWorking(number: number): Promise<void> {
  const late = Date.now() + 5_000;
  while (pool.working !== number && Date.now() < late) await nextTurn();
  expect(pool.working).toBe(number);
}

test('the pool waits for a sandbox that is soon free and makes no second one', async () => {
  const ends = await Promise.all([does('ok'), does('ok'), does('ok')]);
  expect(ends.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(pool.pids).toHaveLength(1);
});

test('when the wait is longer the pool makes another sandbox, but never more than its limit', async () => {
  const hanging = [does('hang'), does('hang')];
  const third = does('ok');
  await areWorking(1);
  expect(pool.pids).toHaveLength(1);
  vi.advanceTimersByTime(100);
  await areWorking(2);
  vi.advanceTimersByTime(1_000);
  expect(pool.pids).toHaveLength(2);

  expect(await pool.killBusy()).toHaveLength(2);
  expect(await Promise.all(hanging)).toEqual([
    { ok: false, reason: 'killed', detail: 'SIGKILL' },
    { ok: false, reason: 'killed', detail: 'SIGKILL' },
  ]);
  expect(await third).toMatchObject({ ok: true });
});

test('one sandbox loads at a time, and the first that is free serves the call that waits longest', async () => {
  pool = new Pool({ ...spec, limit: 3 });
  const hanging = [does('hang'), does('hang')];
  const later = [does('ok'), does('ok')];
  await areWorking(1);
  vi.advanceTimersByTime(1_000); // all the others have waited too long
  expect(pool.pids).toHaveLength(2);
  expect(await Promise.all(later)).toMatchObject([{ ok: true }, { ok: true }]);
  expect(pool.pids).toHaveLength(3);
  expect(await pool.killBusy()).toHaveLength(2);
  expect(await Promise.all(hanging)).toMatchObject([{ ok: false }, { ok: false }]);
});

test('a sandbox that cannot be loaded says so to those who wait, and the next call makes a new one', async () => {
  const later = join(bundleFolder.folder, 'comes-later.js');
  pool = new Pool({ ...spec, environment: { ...spec.environment, SANDBOX_BUNDLE: later } });
  expect(await Promise.all([does('ok'), does('ok')])).toMatchObject([
    { ok: false, reason: 'crashed' },
    { ok: false, reason: 'crashed' },
  ]);
  expect(pool.pids).toEqual([]);
  copyFileSync(bundles.fileOf(worker.entry), later);
  expect(await does('ok')).toMatchObject({ ok: true });
});

test('an invocation that takes longer than its time limit is killed', async () => {
  pool = new Pool({ ...spec, timeoutMs: 700 });
  await does('ok');
  const [first] = pool.pids;
  const hanging = does('hang');
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1)); // its time has begun
  vi.advanceTimersByTime(700);
  expect(await hanging).toMatchObject({ ok: false, reason: 'timeout' });
  expect(await does('ok')).toMatchObject({ ok: true });
  expect(pool.pids).not.toContain(first);
});

test('a call whose caller has gone before it began is never run, and those behind it are', async () => {
  pool = new Pool({ ...spec, limit: 1 });
  const hanging = does('hang');
  await areWorking(1);
  const caller = new AbortController();
  const left = pool.invoke(jobTo('hang'), { gone: caller.signal });
  const stays = pool.invoke(jobTo('ok'), { gone: new AbortController().signal });
  caller.abort();
  expect(await left).toEqual({ ok: false, reason: 'killed', detail: 'no caller' });
  const late = pool.invoke(jobTo('hang'), { gone: caller.signal });
  expect(await late).toEqual({ ok: false, reason: 'killed', detail: 'no caller' });

  await pool.killBusy();
  expect(await hanging).toMatchObject({ ok: false });
  expect(await stays).toMatchObject({ ok: true });
});

test('a caller who goes while the function runs does not end it', async () => {
  const caller = new AbortController();
  const hanging = pool.invoke(jobTo('hang'), { gone: caller.signal });
  await areWorking(1);
  caller.abort();
  expect(pool.working).toBe(1);
  await pool.killBusy();
  expect(await hanging).toMatchObject({ ok: false, detail: 'SIGKILL' });
});

test('calls that wait when the pool stops end as killed', async () => {
  const [first, second] = [does('hang'), does('ok')];
  await pool.stop();
  vi.advanceTimersByTime(100);
  expect(await Promise.all([first, second])).toMatchObject([
    { ok: false, reason: 'killed' },
    { ok: false, reason: 'killed' },
  ]);
  expect(pool.pids.every((pid) => pid === 0 || isGone(pid))).toBe(true);
});

test('a process that is killed outright leaves no sandbox behind', async () => {
  vi.useRealTimers();
  const pool = new URL('../../../../infra/local/lambda/pool.ts', import.meta.url).href;
  const script = `
    const { Pool } = await import(${JSON.stringify(pool)});
    const pool = new Pool({ ...${JSON.stringify(spec)}, limit: 1, onOutput: () => {} });
    await pool.warm();
    pool.invoke(${JSON.stringify(jobTo('hang'))}); // one with nothing to do ends by itself
    console.log(pool.pids[0]);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const ended = once(owner, 'close').then(() => expect.fail('it ended before it was killed'));
  try {
    const [pid] = await Promise.race([once(owner.stdout, 'data'), ended]);
    expect(Number(pid)).toBeGreaterThan(0);
    expect(isGone(Number(pid))).toBe(false);
    owner.kill('SIGKILL');
    await until(() => isGone(Number(pid)), { what: 'the end of the sandbox' });
  } finally {
    owner.kill('SIGKILL');
    await ended.catch(() => {});
  }
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
