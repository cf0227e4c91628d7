import type { NumberHealth } from '../../contract/number-health.ts';

/**
 * Whether a blocked channel may try again, by what the provider says of its number. LIMITED numbers
 * send, within limits, and many are never anything else; BLOCKED ones do not (docs/360dialog.md#health).
 * Where the provider does not say, the channel may try: if its next reply is refused, the sender blocks
 * it anew.
 */
export function mayTryAgain(health: NumberHealth): boolean {
  switch (health.kind) {
    case 'impaired':
      return health.state === 'LIMITED';
    case 'refused':
      // Any other refusal is about this call, not the number: a `base_url` may lead to a host without it.
      return health.status !== 401 && health.status !== 403 && health.status !== 429;
    case 'unreachable':
      return false;
    default:
      return true;
  }
}
