import {
  downloadMedia,
  type OpenedMedia,
  type WantedMedia,
} from '../../shared/dialog360/download-media.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import type { SignedMedia } from '../../shared/rules/agent-event/media-link.ts';
import { isAnotherType } from '../../shared/rules/media/is-another-type.ts';
import { breakerWaitMs } from '../../shared/rules/media/media-breaker.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import { findMediaMisses } from '../../shared/store/channel/media-misses.ts';
import type { FileDeps } from './file-deps.ts';
import { breakerOpen, failureOfFile } from './miss-failures.ts';
import { noteMiss } from './note-miss.ts';

/** Which file, and its type as far as that is known. */
type File = Pick<SignedMedia, 'channelId' | 'mediaId' | 'type'>;

/**
 * PROTOCOLS 23: the file, once 360dialog has begun to send it. Throws `channel-unknown`, or what the
 * caller is told when the file cannot be had: `media-gone`, `media-refused`, `media-unavailable`, `range-invalid`.
 */
export async function openFile(
  deps: FileDeps,
  media: File,
  { range, signal }: Omit<WantedMedia, 'mediaId'>,
): Promise<OpenedMedia> {
  const { table, secrets, limits, breaker, now } = deps;
  const { channelId, mediaId } = media;
  log.appendKeys({ channel_id: channelId });
  const [channel, misses] = await Promise.all([
    findLivingChannel(deps, channelId),
    findMediaMisses(table, channelId),
  ]);
  if (channel.hosting === 'sandbox') {
    throw new Failure('media-gone', { detail: 'The sandbox of 360dialog hands no files out.' });
  }
  const remembered = misses.files[mediaId];
  if (remembered && remembered.until > now()) throw failureOfFile(remembered, now());
  const waitMs = breakerWaitMs(misses, now(), breaker);
  if (waitMs > 0) throw breakerOpen(waitMs);

  const { token } = await secrets.read(channelId, channel.secret_version);
  const { hosting, base_url } = channel;
  const account = { hosting, base_url, token };
  const download = await downloadMedia(account, { mediaId, range, signal }, limits);
  const end = download.kind === 'opened' ? judged(download, media) : download;
  if (end.kind === 'opened') return end;
  if (signal.aborted) throw new Failure('media-unavailable', { detail: 'The caller hung up.' });
  throw await noteMiss(deps, { channelId, mediaId, misses, missed: end });
}

/** A read that finds no channel may be an old one, so it is made once more before the caller is refused. */
async function findLivingChannel({ table, now }: FileDeps, channelId: string) {
  const channel =
    (await findChannel(table, channelId, { now: now() })) ??
    (await findChannel(table, channelId, { consistent: true, now: now() }));
  if (channel && !channel.deleted_at) return channel;
  throw new Failure('channel-unknown', { detail: 'The channel of this file was deleted.' });
}

/** A gateway may answer its error page with status 200: then it has another type than the file. */
function judged(opened: OpenedMedia, media: File) {
  const expected = opened.type ?? media.type ?? null;
  if (!isAnotherType(opened.headers['content-type'], expected)) return opened;
  opened.body.destroy();
  return {
    kind: 'missed' as const,
    why: 'unreadable' as const,
    reason: 'a page came in the place of the file',
    retryAfterMs: null,
    errors: 0,
  };
}
