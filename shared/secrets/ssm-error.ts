import { Failure, type FailureFacts } from '../kernel/failure.ts';
import { isAway } from '../kernel/is-away.ts';

/**
 * What a call to SSM throws: `unavailable` while SSM is away, else a plain error that names what SSM said.
 * Always without the cause: SSM's own messages may repeat what was sent.
 */
export function ssmError(error: unknown, facts: FailureFacts): Error {
  const name = error instanceof Error ? error.name : 'unknown';
  return isAway(error)
    ? new Failure('unavailable', { ...facts, error: name })
    : new Error(`${facts.what}: ${name === 'Error' ? (error as Error).message : name}`);
}
