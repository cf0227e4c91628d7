import type { SecretHash } from '../../contract/channel.ts';
import { sameHash, secretHash } from '../../kernel/hash.ts';

/**
 * Whether a secret opens an endpoint at `now`: it is the current one, or one that a rotation has left
 * valid. Every hash is compared, in constant time, so the answer's time says nothing.
 */
export function secretMatches(hashes: SecretHash[], secret: string, now: number): boolean {
  const presented = secretHash(secret);
  let opens = false;
  for (const { sha256, valid_until } of hashes) {
    const valid = valid_until === null || now < valid_until;
    opens = (sameHash(sha256, presented) && valid) || opens;
  }
  return opens;
}
