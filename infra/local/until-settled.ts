import type { QueueName } from '../functions.ts';
import type { LocalAws } from './aws/start-aws.ts';
import type { Dialog360Double } from './dialog360/double.ts';
import type { Lambda } from './lambda/start-lambda.ts';
import { until } from './until.ts';

interface Parts {
  queues: LocalAws['queues'];
  lambda: Pick<Lambda, 'isBusy' | 'hasLeft' | 'ticks'>;
  dialog360: Pick<Dialog360Double, 'isBusy'>;
}

/**
 * Resolves when nothing is at work, and each job that is left was put off. The sweep runs once more in
 * between: what has become due is a job by then, and worked on.
 */
export async function untilSettled({ queues, lambda, dialog360 }: Parts): Promise<void> {
  const rests = () =>
    !dialog360.isBusy &&
    !lambda.isBusy() &&
    (Object.keys(queues.queueUrls) as QueueName[]).map(queues.jobs).every(
      // A job in flight that was not given back is on its way to its function, or being deleted.
      ({ ready, inFlight }) => ready === 0 && inFlight.every(lambda.hasLeft),
    );
  const ticks = lambda.ticks();
  // The run that is under way may have looked before the last change.
  await until(() => lambda.ticks() >= ticks + 2 && rests());
}
