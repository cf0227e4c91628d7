import { createHmac, timingSafeEqual } from 'node:crypto';

/** What addresses of media are signed with; `version` says which key it was. */
export interface MediaKey {
  version: number;
  secret: string;
}

/** Ids of media we make addresses for: anything else never reaches the provider's host. */
export const MEDIA_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** What the address says of the file, because the media function has no other way to know it. */
export interface FileFacts {
  /** The visitor's own name for it. */
  name?: string | undefined;
  /** Its media type, as WhatsApp says it. */
  type?: string | undefined;
  /** Its SHA-256, as hex. */
  sha256?: string | undefined;
}

/** What a signature is made of. */
export interface SignedMedia extends FileFacts {
  channelId: string;
  mediaId: string;
  /** Until when the address holds, epoch seconds. */
  until: number;
}

/**
 * Our address of a file the visitor sent, valid until `expiresAt` (epoch milliseconds, cut to whole
 * seconds). The address is the permission: it opens the file to everyone who has it, and cannot be
 * guessed.
 */
export function mediaLink({
  host,
  key,
  expiresAt,
  ...media
}: Omit<SignedMedia, 'until'> & {
  /** Origin, and path if any, with no slash at its end. */
  host: string;
  key: MediaKey;
  expiresAt: number;
}): { url: string; expires_at: string } | { unavailable: string } {
  if (!MEDIA_ID.test(media.mediaId)) return { unavailable: 'media-id-unknown' };
  const until = Math.floor(expiresAt / 1000);
  const name = media.name && shortened(media.name);
  const { type, sha256 } = media;
  const query = new URLSearchParams({
    until: String(until),
    key: String(key.version),
    ...(name && { name }),
    ...(type && { type }),
    ...(sha256 && { sha256 }),
    signature: signatureOf({ ...media, name, until }, key),
  });
  return {
    url: `${host}/media/${media.channelId}/${media.mediaId}?${query}`,
    expires_at: new Date(until * 1000).toISOString(),
  };
}

/** Far more than a person reads; a longer one would make the address too long for some programs. */
const MAX_NAME = 150;
const ENDING = /\.[^.\s]{1,10}$/;

/** Cut between characters; what says which kind of file it is stays. */
function shortened(name: string): string {
  // A half of a pair of surrogates has no form in an address.
  const characters = [...name.toWellFormed()];
  if (characters.length <= MAX_NAME) return characters.join('');
  const ending = name.toWellFormed().match(ENDING)?.[0] ?? '';
  return characters.slice(0, MAX_NAME - ending.length).join('') + ending;
}

/** As JSON, so that no word can be moved from one place into the next; what is absent is null. */
const signatureOf = (
  { channelId, mediaId, until, name, type, sha256 }: SignedMedia,
  key: MediaKey,
): string =>
  createHmac('sha256', key.secret)
    .update(
      JSON.stringify([
        channelId,
        key.version,
        mediaId,
        Number.isFinite(until) ? until : null,
        name || null,
        type || null,
        sha256 || null,
      ]),
    )
    .digest('base64url');

/**
 * Whether we made an address, and whether it still holds at `now` (epoch milliseconds). The signature is
 * compared in constant time, and what it does not cover is `invalid`, whenever that would expire.
 */
export function judgeMediaLink(
  { key, signature, ...media }: SignedMedia & { key: MediaKey; signature: string },
  now: number,
): 'valid' | 'invalid' | 'expired' {
  const expected = Buffer.from(signatureOf(media, key));
  const given = Buffer.from(signature);
  const ours = given.length === expected.length && timingSafeEqual(given, expected);
  if (!ours || !MEDIA_ID.test(media.mediaId)) return 'invalid';
  return now < media.until * 1000 ? 'valid' : 'expired';
}
