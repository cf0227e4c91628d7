import type { SecretHash } from '../../contract/channel.ts';
import { sameHash, secretHash } from '../../kernel/hash.ts';

/**
 * Whether a secret counts at `now`: it is the current one, or one that a rotation has left
 * valid. Every hash is compared, in constant time, so the answer's time says nothing.
 */
export function secretMatches(hashes: SecretHash[], secret: string, now: number): boolean {
  const presented = secretHash(secret);
  let counts = false;
  for (const { sha256, valid_until } of hashes) {
    const valid = valid_until === null || now < valid_until;
    counts = (sameHash(sha256, presented) && valid) || counts;
  }
  return counts;
}
