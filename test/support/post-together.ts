import type { Journey } from './journey.ts';
import { until } from './runtime-until.ts';

/** The worker begins nothing while `post` runs: what it posts is all in the queue before the first is taken. */
export async function postTogether(
  { runtime }: Pick<Journey, 'runtime'>,
  post: () => Promise<unknown>,
): Promise<void> {
  let arePosted = false;
  const free = runtime.intercept(async ({ caller, moment }) => {
    if (caller === 'worker' && moment === 'before') await until(() => arePosted);
  });
  await post();
  arePosted = true;
  free();
}
