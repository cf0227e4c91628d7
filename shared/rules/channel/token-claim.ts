import type { Channel } from '../../contract/channel.ts';

/** Which channel holds an active token: the item `TOKEN#<sha256>`. Times are epoch milliseconds. */
export interface TokenClaim {
  channel_id: string;
  /** The version of the row that the activation was about to write. */
  row_version: number;
  claimed_at: number;
}

/** Longer than any activation can live: the function that runs it is ended after 29 s. */
export const CLAIM_LEASE_MS = 60_000;

/**
 * Whether a claim keeps another channel from the token. It does when its holder is active with that
 * very token, or may still be on the way there; else it was left behind and may be taken over.
 */
export const claimStands = (
  claim: TokenClaim,
  holder: Pick<Channel, 'active' | 'token_sha256'> | null,
  tokenSha256: string,
  now: number,
): boolean =>
  (holder?.active === true && holder.token_sha256 === tokenSha256) ||
  now - claim.claimed_at < CLAIM_LEASE_MS;
