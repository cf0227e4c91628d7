import { Failure } from '../../shared/kernel/failure.ts';
import { judgeMediaLink, type SignedMedia } from '../../shared/rules/agent-event/media-link.ts';
import type { MediaDeps } from './deps.ts';
import type { ClaimedMedia } from './read-media-request.ts';

/**
 * The file that an address we signed is about. Throws `media-link-invalid`, one answer for everything
 * that is not ours, and `media-link-expired`. Nothing but the key is read before.
 */
export async function checkLink(
  { mediaKeys, now }: Pick<MediaDeps, 'mediaKeys' | 'now'>,
  claimed: ClaimedMedia | null,
): Promise<SignedMedia> {
  if (!claimed) throw invalid();
  const { keyVersion, signature, ...media } = claimed;
  const key = await mediaKeys(keyVersion);
  if (!key) throw invalid();
  switch (judgeMediaLink({ ...media, key, signature }, now())) {
    case 'valid':
      return media;
    case 'expired':
      throw new Failure('media-link-expired', {
        detail:
          'Fetch a file before the `expires_at` of its event; `media_url_ttl_hours` makes it later.',
      });
    case 'invalid':
      throw invalid();
  }
}

const invalid = () =>
  new Failure('media-link-invalid', {
    detail: 'Use the `file.url` of an event exactly as it is: every part of it is signed.',
  });
