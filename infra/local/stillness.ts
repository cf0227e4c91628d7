import type { QueueName } from '../functions.ts';
import type { LocalAws } from './aws/start-aws.ts';
import type { Dialog360Double } from './dialog360/double.ts';
import type { Lambda } from './lambda/start-lambda.ts';

/** The parts of the runtime that work. */
interface AtWork {
  queues: LocalAws['queues'];
  lambda: Pick<Lambda, 'isBusy' | 'hasLeft'>;
  dialog360: Pick<Dialog360Double, 'isBusy'>;
}

export interface Stillness {
  /** Nothing is at work and no job is left. */
  isIdle(): boolean;
  /** Nothing is at work, and each job that is left was put off. */
  isResting(): boolean;
}

/**
 * Tells whether the runtime works. One look is enough, because a job stays in its queue until its function has
 * queued what follows.
 */
export function stillness({ queues, lambda, dialog360 }: AtWork): Stillness {
  const isStill = (isStillIn: (name: QueueName) => boolean) =>
    !dialog360.isBusy &&
    !lambda.isBusy() &&
    (Object.keys(queues.queueUrls) as QueueName[]).every(isStillIn);
  return {
    isIdle: () =>
      isStill((name) => {
        const { waiting, inFlight } = queues.depth(name);
        return waiting + inFlight === 0;
      }),
    isResting: () =>
      isStill((name) => {
        const { ready, inFlight } = queues.jobs(name);
        // A job in flight that was not given back is on its way to its function, or being deleted.
        return ready === 0 && inFlight.every(lambda.hasLeft);
      }),
  };
}
