import type { Lambda } from './lambda/start-lambda.ts';
import type { Stillness } from './stillness.ts';
import { until } from './until.ts';

/**
 * Resolves when nothing is at work, and each job that is left was put off. The sweep runs once more in
 * between: what has become due is a job by then, and worked on.
 */
export async function untilSettled(
  { isResting }: Pick<Stillness, 'isResting'>,
  lambda: Pick<Lambda, 'ticks'>,
): Promise<void> {
  const ticks = lambda.ticks();
  // The run that is under way may have looked before the last change.
  await until(() => lambda.ticks() >= ticks + 2 && isResting());
}
