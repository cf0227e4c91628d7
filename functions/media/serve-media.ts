import type { Readable } from 'node:stream';
import { Failure } from '../../shared/kernel/failure.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { readFileHash } from '../../shared/rules/media/file-hash.ts';
import { openFile } from '../chain/open-file.ts';
import { checkLink } from './check-link.ts';
import type { MediaDeps } from './deps.ts';
import { cachingHeaders, fileHeaders } from './file-headers.ts';
import type { MediaRequest } from './read-media-request.ts';

export interface ServedMedia {
  statusCode: number;
  headers: Record<string, string>;
  /** Has to be read or destroyed; null: there is none. */
  body: Readable | null;
}

/**
 * Serves a file that a visitor sent while 360dialog sends it: nothing of it is kept. `signal` is aborted when
 * the caller hangs up. Throws `Failure` for everything that is known before the first byte.
 */
export async function serveMedia(
  deps: MediaDeps,
  request: MediaRequest,
  signal: AbortSignal,
): Promise<ServedMedia> {
  const { method, ifRange, ifNoneMatch } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new Failure('method-not-allowed', {
      detail: 'A file can only be read: GET or HEAD.',
      headers: { allow: 'GET, HEAD' },
    });
  }
  const media = await checkLink(deps, request.media);
  const hash = readFileHash(media.sha256);
  const etag = hash && `"${hash}"`;
  if (etag && isNamedIn(ifNoneMatch, etag)) {
    return {
      statusCode: 304,
      headers: cachingHeaders({ media, etag, now: deps.now() }),
      body: null,
    };
  }
  // `If-Range`: the caller has the beginning of another file, so it needs the whole one.
  const range = ifRange === null || ifRange === etag ? request.range : null;
  const opened = await openFile(deps, media, { range, signal });
  count('media-served');
  const headers = fileHeaders({ media, opened, etag, now: deps.now() });
  if (method === 'GET') return { statusCode: opened.status, headers, body: opened.body };
  opened.body.destroy();
  return { statusCode: opened.status, headers, body: null };
}

/** `If-None-Match`: a list of tags, each maybe weak, or `*` (RFC 9110 §13.1.2). */
const isNamedIn = (header: string | null, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
