import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { log } from '../../../shared/kernel/log.ts';

const before = log.getLevelName();
beforeEach(() => log.setLogLevel('INFO'));
afterEach(() => {
  log.setLogLevel(before);
  log.resetKeys();
  vi.restoreAllMocks();
});

/** What is written while `work` runs. */
async function linesOf(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const keep = (line: unknown) => {
    lines.push(JSON.parse(String(line)));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  await work();
  return lines;
}

test('of jobs that are worked on at the same time each line carries the facts of its own', async () => {
  const names = ['a', 'b', 'c'];
  const lines = await linesOf(() =>
    Promise.all(
      names.map((name) =>
        log.apart(async () => {
          log.appendKeys({ trace_id: name });
          await Promise.resolve();
          log.info('begun', { own: name });
          await new Promise((resolve) => setImmediate(resolve));
          log.warn('waits');
          log.error('failed', new Error(name));
        }),
      ),
    ),
  );
  expect(lines).toHaveLength(9);
  for (const name of names) {
    const own = lines.filter((line) => line.trace_id === name);
    expect(own.map(({ message }) => message)).toEqual(['begun', 'waits', 'failed']);
    expect(own[0]?.own).toBe(name);
    expect(own[2]?.error).toMatchObject({ message: name });
  }
});

test('what is appended outside of a job stands in all lines until it is reset', async () => {
  const lines = await linesOf(async () => {
    log.appendKeys({ request_id: '1' });
    log.info('asked');
    log.apart(() => log.info('worked'));
    log.resetKeys();
    log.info('answered');
  });
  expect(lines.map(({ request_id }) => request_id)).toEqual(['1', '1', undefined]);
});

test('a fact of the line itself counts more than one of its job', async () => {
  const [line] = await linesOf(async () =>
    log.apart(() => {
      log.appendKeys({ reply_id: 'of the job' });
      log.info('told', { reply_id: 'of the line' });
    }),
  );
  expect(line?.reply_id).toBe('of the line');
});

test('a fact cannot have a name that each line has of its own', async () => {
  const [dropped, line] = await linesOf(async () => {
    // @ts-expect-error: the logger would drop it, and say so in a line before.
    log.info('told', { message: 'wamid' });
  });
  expect([dropped, line]).toMatchObject([{ level: 'WARN' }, { message: 'told' }]);
});
