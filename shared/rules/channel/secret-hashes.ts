import type { SecretHash } from '../../contract/channel.ts';

/** Rotating again and again must not make a row grow without end. */
const MOST = 20;

/**
 * The hashes of a secret after it was replaced: the new one first, the one it replaces valid
 * until `oldValidUntil` (epoch milliseconds), older ones as they were, expired ones gone.
 * `oldValidUntil` null: every old one ends now.
 */
export function replaceHash(
  hashes: SecretHash[],
  sha256: string,
  { now, oldValidUntil }: { now: number; oldValidUntil: number | null },
): SecretHash[] {
  const old = hashes
    .map((hash) => ({ ...hash, valid_until: hash.valid_until ?? oldValidUntil ?? now }))
    .filter((hash) => oldValidUntil !== null && hash.valid_until > now);
  return [{ sha256, valid_until: null }, ...old].slice(0, MOST);
}
