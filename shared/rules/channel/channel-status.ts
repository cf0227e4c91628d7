import type { Channel } from '../../contract/channel.ts';
import type { ChannelStatus } from '../../contract/status-answer.ts';

/** What is known of a channel beside its row. Times are epoch milliseconds. */
interface Known {
  lastSeen: { last_inbound_at: number | null; last_status_at: number | null };
  letters: ChannelStatus['dead_letters'];
}

/** How a channel is, in a line. */
export const channelStatus = (channel: Channel, { lastSeen, letters }: Known): ChannelStatus => ({
  id: channel.id,
  title: channel.title,
  active: channel.active,
  last_inbound_at: timeOf(lastSeen.last_inbound_at),
  last_status_at: timeOf(lastSeen.last_status_at),
  waiting: waitsFor(channel, 'agent') ?? waitsFor(channel, 'provider'),
  held: channel.hold ? { since: iso(channel.hold.since) } : null,
  blocked: channel.blocked
    ? { code: channel.blocked.code, since: iso(channel.blocked.since) }
    : null,
  dead_letters: letters,
});

/** Failures in a row: what the channel wants of that side is tried again, ever later. */
function waitsFor(channel: Channel, side: 'agent' | 'provider'): ChannelStatus['waiting'] {
  const failures = channel[`${side}_failures`] ?? 0;
  const since = channel[`${side}_failing_since`];
  return failures > 0 && since !== undefined ? { for: side, since: iso(since), failures } : null;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const timeOf = (ms: number | null): string | null => (ms === null ? null : iso(ms));
