import type { StatusAnswer } from '../../shared/contract/status-answer.ts';
import { channelStatus } from '../../shared/rules/channel/channel-status.ts';
import { pageOfChannels } from '../../shared/store/channel/channels.ts';
import { readLastSeen } from '../../shared/store/channel/last-seen.ts';
import { countLetters } from '../../shared/store/dead-letters.ts';
import type { ChannelsDeps } from './deps.ts';
import { readCursor, writeCursor } from './list-channels.ts';

const PAGE = 50;
/** An operator sees that there are many; to know how many takes reading them all. */
export const MOST_LETTERS = 100;

/** How the channels are, a line each, the oldest first. Throws `request-invalid`. */
export async function showStatus(
  { table, now }: Pick<ChannelsDeps, 'table' | 'now'>,
  next: string | undefined,
): Promise<StatusAnswer> {
  const cursor = next === undefined ? null : readCursor(next, 'next');
  const page = await pageOfChannels(table, { limit: PAGE, cursor, now: now() });
  const channels = await Promise.all(
    page.channels.map(async (channel) => {
      const [lastSeen, letters] = await Promise.all([
        readLastSeen(table, channel.id),
        countLetters(table, channel.id, { most: MOST_LETTERS, now: now() }),
      ]);
      return channelStatus(channel, { lastSeen, letters });
    }),
  );
  return { channels, next: page.next && writeCursor(page.next) };
}
