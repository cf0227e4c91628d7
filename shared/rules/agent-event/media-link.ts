import { createHmac, timingSafeEqual } from 'node:crypto';

/** What addresses of media are signed with; `version` says which key it was. */
export interface MediaKey {
  version: number;
  secret: string;
}

/** Ids of media we make addresses for: anything else never reaches the provider's host. */
const MEDIA_ID = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Our address of a file the visitor sent, valid until `expiresAt` (epoch milliseconds, cut to whole
 * seconds). The address is the permission: it opens the file to everyone who has it, and cannot be
 * guessed.
 */
export function mediaLink({
  host,
  channelId,
  mediaId,
  key,
  expiresAt,
}: {
  /** Origin, and path if any, with no slash at its end. */
  host: string;
  channelId: string;
  mediaId: string;
  key: MediaKey;
  expiresAt: number;
}): { url: string; expires_at: string } | { unavailable: string } {
  if (!MEDIA_ID.test(mediaId)) return { unavailable: 'media-id-unknown' };
  const until = Math.floor(expiresAt / 1000);
  const query = new URLSearchParams({
    until: String(until),
    key: String(key.version),
    signature: signatureOf({ channelId, mediaId, until, key }),
  });
  return {
    url: `${host}/media/${channelId}/${mediaId}?${query}`,
    expires_at: new Date(until * 1000).toISOString(),
  };
}

interface Signed {
  channelId: string;
  mediaId: string;
  /** Epoch seconds. */
  until: number;
  key: MediaKey;
}

const signatureOf = ({ channelId, mediaId, until, key }: Signed): string =>
  createHmac('sha256', key.secret)
    .update(`${channelId}\n${key.version}\n${mediaId}\n${until}`)
    .digest('base64url');

/** Whether an address was made by us and still holds. Constant time; nothing is looked up before. */
export function isMediaLinkValid(signed: Signed & { signature: string }, now: number): boolean {
  const expected = Buffer.from(signatureOf(signed));
  const given = Buffer.from(signed.signature);
  const ours = given.length === expected.length && timingSafeEqual(given, expected);
  return ours && MEDIA_ID.test(signed.mediaId) && now < signed.until * 1000;
}
