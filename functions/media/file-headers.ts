import type { OpenedMedia } from '../../shared/dialog360/download-media.ts';
import type { SignedMedia } from '../../shared/rules/agent-event/media-link.ts';
import { readFileHash } from '../../shared/rules/media/file-hash.ts';
import { contentDisposition } from './content-disposition.ts';
import { mayBeShown, mediaTypeOf, nameFor } from './media-type.ts';

interface Served {
  media: SignedMedia;
  /** Null: the address holds no hash. */
  etag: string | null;
  now: number;
}

/** Only the caller may keep the answer, and only as long as the address holds. */
export function cachingHeaders({ media, etag, now }: Served): Record<string, string> {
  const seconds = Math.max(0, media.until - Math.ceil(now / 1000));
  return { 'cache-control': `private, max-age=${seconds}`, ...(etag && { etag }) };
}

/** What the caller is told of a file, and that a browser may not run it as a page of our origin. */
export function fileHeaders({
  media,
  opened,
  etag,
  now,
}: Served & { opened: OpenedMedia }): Record<string, string> {
  const { headers } = opened;
  const type = mediaTypeOf(opened.type, media.type, headers['content-type']);
  const hash = readFileHash(opened.sha256);
  const tag = etag ?? (hash && `"${hash}"`);
  const ranges = opened.status === 206 ? 'bytes' : headers['accept-ranges'];
  return {
    'content-type': type,
    'content-disposition': contentDisposition(
      mayBeShown(type) ? 'inline' : 'attachment',
      media.name || nameFor(media.mediaId, type),
    ),
    ...passedOn(headers, 'content-length', /^\d+$/),
    ...(opened.status === 206 && passedOn(headers, 'content-range', /^bytes \d+-\d+\/(\d+|\*)$/)),
    ...(ranges === 'bytes' && { 'accept-ranges': ranges }),
    ...cachingHeaders({ media, etag: tag, now }),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'referrer-policy': 'no-referrer', // the address is a secret
  };
}

function passedOn(headers: Record<string, string>, name: string, form: RegExp) {
  const value = headers[name];
  return value !== undefined && form.test(value) ? { [name]: value } : {};
}
