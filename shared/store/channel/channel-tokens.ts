// Which channel holds an active token. One number has one webhook, so one active channel
// (docs/contract.md#operator-to-us).
import type { TokenClaim } from '../../rules/channel/token-claim.ts';
import { tokenClaimKey } from '../keys.ts';
import { deleteItem, getItem, putItem, type Table } from '../table.ts';

/** PROTOCOLS 14.2: claims a free token, or the channel's own again. False: another channel holds it. */
export const claimToken = (
  table: Table,
  tokenSha256: string,
  claim: TokenClaim,
): Promise<boolean> =>
  putItem(
    table,
    { ...tokenClaimKey(tokenSha256), ...claim },
    {
      condition: 'attribute_not_exists(#pk) OR #channel_id = :channel',
      values: { ':channel': claim.channel_id },
    },
  );

/** The claim on a token; null: it is free. Read consistently. */
export const findClaim = (table: Table, tokenSha256: string): Promise<TokenClaim | null> =>
  getItem<TokenClaim>(table, tokenClaimKey(tokenSha256), { consistent: true });

/** PROTOCOLS 14.2': takes over a claim that no longer counts, if it is still the one that was read. */
export const takeOverClaim = (
  table: Table,
  tokenSha256: string,
  left: TokenClaim,
  claim: TokenClaim,
): Promise<boolean> =>
  putItem(
    table,
    { ...tokenClaimKey(tokenSha256), ...claim },
    {
      condition: '#channel_id = :channel AND #row_version = :version AND #claimed_at = :at',
      values: {
        ':channel': left.channel_id,
        ':version': left.row_version,
        ':at': left.claimed_at,
      },
    },
  );

/**
 * PROTOCOLS 14.5 and 15.3: removes the channel's claim, if it was made for `rowVersion` or before: a newer
 * claim belongs to a later activation. False: there was no such claim.
 */
export const releaseToken = (
  table: Table,
  tokenSha256: string,
  { channelId, rowVersion }: { channelId: string; rowVersion: number },
): Promise<boolean> =>
  deleteItem(table, tokenClaimKey(tokenSha256), {
    condition: '#channel_id = :channel AND #row_version <= :version',
    values: { ':channel': channelId, ':version': rowVersion },
  });
