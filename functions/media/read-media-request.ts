import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { CHANNEL_ID } from '../../shared/contract/channel.ts';
import { MEDIA_ID, type SignedMedia } from '../../shared/rules/agent-event/media-link.ts';

/** An address as the caller shows it: nothing in it is believed before its signature is checked. */
export interface ClaimedMedia extends SignedMedia {
  keyVersion: number;
  signature: string;
}

export interface MediaRequest {
  method: string;
  /** Null: the address is none that we make. */
  media: ClaimedMedia | null;
  /** One range of bytes. More than one may be ignored (RFC 9110 §14.2), and is. */
  range: string | null;
  ifRange: string | null;
  ifNoneMatch: string | null;
}

/** Reads a request of the function URL. Never throws. */
export function readMediaRequest(event: LambdaFunctionURLEvent): MediaRequest {
  const { headers, rawPath, rawQueryString, requestContext } = event;
  const range = headers.range?.trim() ?? '';
  return {
    method: requestContext.http.method,
    media: claimedIn(rawPath, new URLSearchParams(rawQueryString)),
    range: /^bytes=(\d+-\d*|-\d+)$/.test(range) ? range : null,
    ifRange: headers['if-range'] ?? null,
    ifNoneMatch: headers['if-none-match'] ?? null,
  };
}

/** Epoch seconds until the year 5138, and more versions of the key than SSM keeps: we make nothing longer. */
const SECONDS = /^\d{1,11}$/;
const VERSION = /^[1-9]\d{0,5}$/;

function claimedIn(path: string, query: URLSearchParams): ClaimedMedia | null {
  const [, channelId = '', mediaId = ''] = path.match(/^\/media\/([^/]+)\/([^/]+)$/) ?? [];
  const word = (name: string) => query.get(name) ?? undefined;
  const { until = '', key = '' } = { until: word('until'), key: word('key') };
  const readable =
    CHANNEL_ID.test(channelId) &&
    MEDIA_ID.test(mediaId) &&
    SECONDS.test(until) &&
    VERSION.test(key);
  if (!readable) return null;
  return {
    channelId,
    mediaId,
    until: Number(until),
    name: word('name'),
    type: word('type'),
    sha256: word('sha256'),
    keyVersion: Number(key),
    signature: word('signature') ?? '',
  };
}
