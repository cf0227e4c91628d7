import { CHANNEL_ID, type Channel } from '../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../shared/contract/channel-secrets.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { isBeingErased } from '../../shared/store/channel/channel-erasure.ts';
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
  if (!channel || channel.deleted_at) throw await channelUnknown(deps, channelId);
  const secrets = await deps.secrets.read(channel.id, channel.secret_version);
  return { channel, secrets };
}

/** A channel's row alone. Throws `channel-unknown`. */
export async function existing(
  deps: Pick<ChannelsDeps, 'table' | 'now'>,
  channelId: string,
): Promise<Channel> {
  const channel = await findRow(deps, channelId);
  if (channel && !channel.deleted_at) return channel;
  throw await channelUnknown(deps, channelId);
}

/** The row, read consistently; a deleted channel's tombstone too. Null: there is none. */
export const findRow = async (
  deps: Pick<ChannelsDeps, 'table' | 'now'>,
  channelId: string,
): Promise<Channel | null> =>
  CHANNEL_ID.test(channelId)
    ? findChannel(deps.table, channelId, { consistent: true, now: deps.now() })
    : null;

/** There is no such channel; of one that was deleted it says whether its visitors are still being erased. */
export async function channelUnknown(
  { table }: Pick<ChannelsDeps, 'table'>,
  channelId: string,
): Promise<Failure> {
  if (!(CHANNEL_ID.test(channelId) && (await isBeingErased(table, channelId)))) {
    return new Failure('channel-unknown', { detail: 'No channel has this id.' });
  }
  const detail = 'The channel is deleted. What it knew of its visitors is still being erased.';
  return new Failure('channel-unknown', { detail, erasing: true });
}
