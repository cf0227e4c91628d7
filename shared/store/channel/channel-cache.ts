import type { Channel } from '../../contract/channel.ts';
import type { Table } from '../table.ts';
import { findChannel } from './channels.ts';

/** Channels' rows kept in memory, for callers that may see a change up to a minute late. */
export interface ChannelCache {
  read(channelId: string): Promise<Channel | null>;
  /** Reads the table consistently: for a caller that would otherwise refuse something because of an old row. */
  readAgain(channelId: string): Promise<Channel | null>;
}

const TTL_MS = 60_000;
/** Far more channels than one function instance serves, but a bound. */
const MOST_KEPT = 1_000;

/** Keeps rows for a minute. It never keeps that there is no channel: it may be created at any moment. */
export function openChannelCache(table: Table, now: () => number): ChannelCache {
  const kept = new Map<string, { channel: Channel; until: number }>();

  const fetchRow = async (channelId: string, consistent: boolean) => {
    const channel = await findChannel(table, channelId, { consistent, now: now() });
    kept.delete(channelId);
    if (channel) kept.set(channelId, { channel, until: now() + TTL_MS });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return channel;
  };

  return {
    async read(channelId) {
      const known = kept.get(channelId);
      return known && known.until > now() ? known.channel : fetchRow(channelId, false);
    },
    readAgain: (channelId) => fetchRow(channelId, true),
  };
}
