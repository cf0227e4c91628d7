import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClockTrigger } from '../../../../infra/local/lambda/clock-trigger.ts';

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
