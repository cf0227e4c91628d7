import { lambda } from '../chain/lambda.ts';
import { reportError } from '../chain/report-error.ts';
import type { SweepDeps } from './deps.ts';
import { queueDue } from './queue-due.ts';

/**
 * The handler of the minute's tick. An error fails the run and is not retried: the next minute's run
 * repeats it.
 */
export const sweepHandler = (deps: SweepDeps) =>
  lambda<unknown, void>()
    .onError(({ error }) => reportError(error))
    .handler(() => queueDue(deps));
