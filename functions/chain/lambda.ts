import middy from '@middy/core';
import { log } from '../../shared/kernel/log.ts';
import { flushMetrics } from '../../shared/kernel/metrics.ts';

/** What every Lambda handler begins with; its middlewares and the handler itself are added to it. */
export const lambda = <Event, Answer>() =>
  middy<Event, Answer>({
    // Middy would answer a little before the time is up, with the story still running: the function
    // must die instead, as PROTOCOLS.md has it.
    timeoutEarlyInMillis: 0,
    requestEnd: () => {
      flushMetrics();
      log.resetKeys();
    },
  });
