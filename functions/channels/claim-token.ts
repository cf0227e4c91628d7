import type { Channel } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { claimStands, type TokenClaim } from '../../shared/rules/channel/token-claim.ts';
import {
  claimToken,
  findClaim,
  releaseToken,
  takeOverClaim,
} from '../../shared/store/channel/channel-tokens.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import type { ChannelsDeps } from './deps.ts';

/**
 * Claims the token of a channel that is about to become active (PROTOCOLS 14.2). `channel` is the row
 * as it will be written. Throws `token-in-use` when another channel has the token.
 */
export async function claimTokenOf(deps: ChannelsDeps, channel: Channel): Promise<void> {
  const { table } = deps;
  const sha256 = channel.token_sha256;
  const claim: TokenClaim = {
    channel_id: channel.id,
    row_version: channel.version,
    claimed_at: deps.now(),
  };
  if (await claimToken(table, sha256, claim)) return;

  const left = await findClaim(table, sha256);
  // Released between the two calls: it is free, and the first channel to claim it gets it.
  if (!left) {
    if (await claimToken(table, sha256, claim)) return;
    throw tokenInUse();
  }
  const now = deps.now();
  const holder = await findChannel(table, left.channel_id, { consistent: true, now });
  if (claimStands(left, holder, sha256, now)) throw tokenInUse(left.channel_id);
  if (!(await takeOverClaim(table, sha256, left, claim))) throw tokenInUse();
  log.info('token-claim-taken-over', { channel_id: channel.id, from: left.channel_id });
}

/**
 * Releases the token that a row held (PROTOCOLS 14.5). `before` is the row as it was while it held the
 * token. A claim that stays behind does no harm: another channel that wants the token finds that its
 * holder is not active with it, and takes it over.
 */
export async function releaseTokenOf(deps: ChannelsDeps, before: Channel): Promise<void> {
  const { id: channelId, token_sha256, version: rowVersion } = before;
  try {
    await releaseToken(deps.table, token_sha256, { channelId, rowVersion });
  } catch {
    log.warn('token-not-released', { channel_id: channelId });
  }
}

/** The other channel that holds the token of this one, as far as the claim says; null: there is none. */
export async function otherHolderOf(
  { table, now: clock }: ChannelsDeps,
  { id, token_sha256: sha256 }: Channel,
): Promise<string | null> {
  const claim = await findClaim(table, sha256);
  if (!claim || claim.channel_id === id) return null;
  const now = clock();
  const holder = await findChannel(table, claim.channel_id, { now });
  return claimStands(claim, holder, sha256, now) ? claim.channel_id : null;
}

/** `holder`: the channel that has it, where that is known. */
const tokenInUse = (holder?: string) =>
  new Failure('token-in-use', {
    detail: `One number has one webhook. Deactivate ${holder ? `the channel ${holder}, which has this token` : 'the other channel with this token'}, or give this one another token.`,
  });
