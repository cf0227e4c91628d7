import { Failure, fateOf } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';

/** Counts and logs an error that no caller is to blame for: something was away, or a fault of ours. */
export function reportError(error: unknown): void {
  if (error instanceof Failure && fateOf(error) === 'retry') {
    const { detail, errors, ...facts } = error.facts; // sentences for the caller
    count('dependency-unavailable');
    log.warn('dependency-unavailable', { code: error.code, ...facts });
  } else {
    const facts = error instanceof Failure ? error.facts : {};
    count('unexpected-error');
    log.error('unexpected-error', { error, ...facts });
  }
}
