import type { BuildAppOptions } from 'fauxqs';
import type { Clock } from '../clock/clock.ts';

type Queue = ReturnType<NonNullable<BuildAppOptions['stores']>['sqsStore']['createQueue']>;

/** Everything in which a queue of fauxqs 2.4.1 asks for the time. None of it waits for anything. */
const BY_THE_TIME = [
  'enqueue',
  'dequeue',
  'changeVisibility',
  'processTimers',
  'checkDeduplication',
  'recordDeduplication',
] as const;

/**
 * From now on the queue goes by the clock: visibility, delays, ages and the five minutes in which SQS knows
 * a job again. What waits looks at the time fifty times a second, so it comes forward when time was let pass.
 */
export function keepTime(queue: Queue, clock: Clock): void {
  const stamp = queue.enqueue.bind(queue);
  queue.enqueue = (job) => {
    // A job is made before its queue has it. One that was received before only moves to the dead letters.
    if (job.approximateReceiveCount === 0) {
      job.sentTimestamp += clock.aheadMs;
      if (job.delayUntil) job.delayUntil += clock.aheadMs;
    }
    stamp(job);
  };
  for (const name of BY_THE_TIME) {
    const original = queue[name].bind(queue) as (...args: unknown[]) => never;
    Object.assign(queue, {
      [name]: (...args: unknown[]) => byTheClock(clock, () => original(...args)),
    });
  }
}

/** Runs something that waits for nothing, and for which the clock's time is the time. */
function byTheClock<Result>(clock: Clock, work: () => Result): Result {
  const { now } = Date;
  Date.now = clock.now;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}
