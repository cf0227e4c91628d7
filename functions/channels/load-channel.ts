import { CHANNEL_ID, type Channel } from '../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../shared/contract/channel-secrets.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import type { ChannelsDeps } from './deps.ts';

/** A channel's row, and the version of its secrets that belongs to the row. */
export interface LoadedChannel {
  channel: Channel;
  secrets: ChannelSecrets;
}

/** A channel as it is now. Throws `channel-unknown`, `unavailable`. */
export async function loadChannel(deps: ChannelsDeps, channelId: string): Promise<LoadedChannel> {
  const channel = await findRow(deps, channelId);
  if (!channel || channel.deleted_at) throw channelUnknown();
  const secrets = await deps.secrets.read(channel.id, channel.secret_version);
  return { channel, secrets };
}

/** The row, read consistently; a deleted channel's tombstone too. Null: there is none. */
export const findRow = async (deps: ChannelsDeps, channelId: string): Promise<Channel | null> =>
  CHANNEL_ID.test(channelId)
    ? findChannel(deps.table, channelId, { consistent: true, now: deps.now() })
    : null;

export const channelUnknown = () =>
  new Failure('channel-unknown', { detail: 'No channel has this id.' });
