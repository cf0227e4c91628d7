import type { AwsCall } from '../../infra/local/aws/intercept.ts';
import type { Journey } from './journey.ts';

/**
 * Kills the function in the middle of its `nth` call that fits, and lets every later one pass. `free` takes
 * the hook away; `killed` says whether it has come to that.
 */
export function killOnce(
  { runtime }: Journey,
  fits: (call: AwsCall) => boolean,
  nth: number,
): { killed: () => boolean; free: () => void } {
  let seen = 0;
  let isKilled = false;
  const free = runtime.intercept((call) => {
    if (!fits(call)) return 'pass';
    seen += 1;
    if (seen !== nth) return 'pass';
    isKilled = true;
    void runtime.kill(call.caller as 'worker');
    return 'hang';
  });
  return { killed: () => isKilled, free };
}

/** A write of the worker's: to the table, or into a queue. */
export const isWorkerWrite = ({ caller, operation, moment }: AwsCall): boolean =>
  caller === 'worker' &&
  moment === 'before' &&
  ['PutItem', 'UpdateItem', 'DeleteItem', 'SendMessageBatch'].includes(operation);
