import type { NumberHealth } from '../../contract/number-health.ts';

/**
 * Whether a blocked channel may try again, by what the provider says of its number (product.md C14).
 * LIMITED numbers send, within limits, and many are never anything else; BLOCKED ones do not (see
 * docs/360dialog.md#health). Where the provider does not say, the next reply finds out, and marks the
 * channel anew.
 */
export function mayTryAgain(health: NumberHealth): boolean {
  switch (health.kind) {
    case 'impaired':
      return health.state === 'LIMITED';
    case 'refused':
      // Any other no is about the question, not the number: a host of the operator's own may have no answer.
      return health.status !== 401 && health.status !== 403 && health.status !== 429;
    case 'unreachable':
      return false;
    default:
      return true;
  }
}
