import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClockTrigger } from '../../../../infra/local/lambda/clock-trigger.ts';
import { startRuntime } from '../../../support/runtime.ts';
import { until } from '../../../support/runtime-until.ts';

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('ticks each second with what EventBridge sends, until it is stopped', async () => {
    const events: unknown[] = [];
    const clock = new ClockTrigger('sweep', async (event) => events.push(event));
    clock.start();
    await vi.advanceTimersByTimeAsync(3_500);
    clock.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      resources: ['arn:aws:events:eu-central-1:000000000000:rule/sweep'],
    });
  });

  test('leaves out the ticks that come while a run is under way, and is drained when it is over', async () => {
    let runs = 0;
    let end = () => {};
    const clock = new ClockTrigger('sweep', () => {
      runs += 1;
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    clock.start();
    await vi.advanceTimersByTimeAsync(5_500);
    expect(runs).toBe(1);

    let isDrained = false;
    const drained = clock.drained().then(() => {
      isDrained = true;
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(isDrained).toBe(false);
    end();
    await drained;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toBe(2);
    clock.stop();
  });
});

test('at home the sweep runs by itself; one that hangs keeps nobody waiting, and the end ends it', async () => {
  const runtime = await startRuntime();
  let queries = 0;
  runtime.intercept(({ caller, operation, moment }) => {
    if (caller !== 'sweep' || operation !== 'Query' || moment !== 'before') return 'pass';
    queries += 1;
    return 'hang'; // for three seconds, and twice more
  });
  await until(() => queries > 0);
  const pids = runtime.pids('sweep');
  expect(pids).toHaveLength(1);
  let begun = Date.now();
  await runtime.idle();
  expect(Date.now() - begun).toBeLessThan(2_500);

  begun = Date.now();
  await runtime.stop();
  expect(Date.now() - begun).toBeLessThan(5_000);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
}, 30_000);
