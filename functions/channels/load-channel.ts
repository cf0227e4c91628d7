import { CHANNEL_ID, type Channel } from '../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../shared/contract/channel-secrets.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import type { ChannelsDeps } from './deps.ts';

/** A channel as it is now: its row, and the secrets that belong to it. */
export interface Loaded {
  channel: Channel;
  secrets: ChannelSecrets;
}

/** The row and its secrets. Throws `channel-unknown`, `unavailable`. */
export async function loadChannel(deps: ChannelsDeps, channelId: string): Promise<Loaded> {
  const channel = await findRow(deps, channelId);
  if (!channel || channel.deleted_at) throw channelUnknown();
  const secrets = await deps.secrets.read(channel.id, channel.secret_version);
  return { channel, secrets };
}

/** The row, read consistently, a deleted one's tombstone too; null: none. */
export const findRow = async (deps: ChannelsDeps, channelId: string): Promise<Channel | null> =>
  CHANNEL_ID.test(channelId)
    ? findChannel(deps.table, channelId, { consistent: true, now: deps.now() })
    : null;

export const channelUnknown = () =>
  new Failure('channel-unknown', { detail: 'No channel has this id.' });

/**
 * Throws `version-conflict` when the caller has seen another version than the row has now.
 * `ifMatch` is the header as it came: `3`, `"3"`, `W/"3"`, `*`; null asks for nothing.
 */
export function requireVersion({ version }: Channel, ifMatch: string | null): void {
  if (ifMatch === null) return;
  const seen = ifMatch.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'));
  if (seen.includes('*') || seen.includes(String(version))) return;
  throw new Failure('version-conflict', {
    detail: `The channel is at version ${version}. Read it again and repeat the change.`,
  });
}
