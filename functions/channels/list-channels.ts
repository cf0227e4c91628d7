import type { ChannelList } from '../../shared/contract/channel-answer.ts';
import { log } from '../../shared/kernel/log.ts';
import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
import { channelView } from '../../shared/rules/channel/channel-view.ts';
import {
  findChannel,
  forgetBegun,
  type ListPosition,
  pageOfChannels,
} from '../../shared/store/channel/channels.ts';
import type { ChannelsDeps } from './deps.ts';
import { redactBlockReason } from './redact-block-reason.ts';
import { notOurs } from './route.ts';

const PAGE = 20;
const MOST = 100;

/**
 * One page of the channels, oldest first. `limit` and `cursor` as they came in the query. Also clears
 * away what creations that died have left. Throws `request-invalid`.
 */
export async function listChannels(
  deps: ChannelsDeps,
  { limit, cursor }: { limit?: string | undefined; cursor?: string | undefined },
): Promise<ChannelList> {
  const { channels, abandoned, next } = await pageOfChannels(deps.table, {
    limit: readLimit(limit),
    cursor: cursor === undefined ? null : readCursor(cursor),
    now: deps.now(),
  });
  await Promise.all(abandoned.map((channelId) => clearAway(deps, channelId)));
  return {
    // Without the addresses, which are secrets: who wants one asks for its channel.
    channels: channels.map((channel) =>
      channelView(redactBlockReason(channel), null, deps.publicUrl),
    ),
    next: next && writeCursor(next),
  };
}

/**
 * PROTOCOLS 14.3': the secrets first, because only the mark in the list says that they are there. The list
 * may be older than the end of the creation, so the row is read before.
 */
async function clearAway(deps: ChannelsDeps, channelId: string): Promise<void> {
  try {
    const now = deps.now();
    if (await findChannel(deps.table, channelId, { consistent: true, now })) return;
    await deps.secrets.remove(channelId);
    await forgetBegun(deps.table, channelId);
    log.info('channel-never-finished', { channel_id: channelId });
  } catch {
    log.warn('channel-not-cleared', { channel_id: channelId }); // the next list tries again
  }
}

function readLimit(limit: string | undefined): number {
  if (limit === undefined) return PAGE;
  const wanted = Number(limit);
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST) return wanted;
  const detail = `must be a whole number from 1 to ${MOST}`;
  throw requestInvalid([{ path: 'limit', detail }]);
}

export const writeCursor = ({ created_at, id }: ListPosition): string =>
  Buffer.from(`${created_at}#${id}`).toString('base64url');

/** `path`: how the query calls it. */
export function readCursor(cursor: string, path = 'cursor'): ListPosition {
  const [, created_at, id] =
    Buffer.from(cursor, 'base64url')
      .toString()
      .match(/^([\d:.TZ-]{24})#(ch_[0-9a-f]{20})$/) ?? [];
  if (created_at && id) return { created_at, id };
  return notOurs(path);
}
