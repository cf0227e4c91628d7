import middy from '@middy/core';
import { log } from '../../shared/kernel/log.ts';
import { flushMetrics } from '../../shared/kernel/metrics.ts';
import { report } from '../chain/queue.ts';
import type { SweepDeps } from './deps.ts';
import { queueDue } from './queue-due.ts';

/** The Lambda handler of the minute's tick. A run that fails, fails: the next minute is the repeat. */
export const sweepHandler = (deps: SweepDeps) =>
  middy<unknown, void>({
    timeoutEarlyInMillis: 0, // as in queue.ts
    requestEnd: () => {
      flushMetrics();
      log.resetKeys();
    },
  })
    .use({ onError: ({ error }) => report(error) })
    .handler(() => queueDue(deps));
