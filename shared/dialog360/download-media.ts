// A visitor's file, from the provider: looked up and fetched in two steps, or on the old API in one.
import type { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { beginningOf, openStream } from '../kernel/http-stream.ts';
import { read } from '../kernel/parse.ts';
import { readRetryAfter } from '../kernel/retry-after.ts';
import { withoutSlashes } from '../kernel/without-slashes.ts';
import { readProviderError } from '../whatsapp/provider-errors.ts';
import { type CallLimits, call } from './call.ts';
import { type Account, providerAddress } from './hosts.ts';
import { providerWords } from './provider-words.ts';

/** The largest file WhatsApp delivers (docs/360dialog.md#media). */
export const MAX_MEDIA_BYTES = 100 * 1024 * 1024;

export interface WantedMedia {
  mediaId: string;
  /** One range of bytes, as in the header of that name. */
  range: string | null;
  signal: AbortSignal;
}

export interface MediaLimits {
  reach: CallLimits['reach'];
  lookUpMs: number;
  answerMs: number;
  idleMs: number;
}

/** A file that has begun to arrive. The caller reads its body or destroys it. */
export interface OpenedMedia {
  kind: 'opened';
  status: 200 | 206;
  headers: Record<string, string>;
  body: Readable;
  /** What the lookup said of it; on the old API there is none. */
  type: string | null;
  sha256: string | null;
}

/** `why`: what it means for the file, and so what to do next. */
export interface MissedMedia {
  kind: 'missed';
  why: 'gone' | 'refused' | 'too-busy' | 'unavailable' | 'unreadable' | 'bad-range';
  /** For people: the provider's words, or what we found. */
  reason: string;
  retryAfterMs: number | null;
  /** How many error answers the provider has given: it counts them. */
  errors: number;
  /** Of a range that is not in the file: the file's size, as `content-range` says it. */
  contentRange?: string | undefined;
}

type Ended = OpenedMedia | MissedMedia;

/**
 * Opens a file that a visitor sent. Never throws: whatever the provider does is a value. The key goes
 * to the provider's own host only, and no redirect is followed.
 */
export async function downloadMedia(
  account: Account,
  wanted: WantedMedia,
  limits: MediaLimits,
): Promise<Ended> {
  if (account.hosting === 'on-premise') {
    return fetchFile(account, `/v1/media/${wanted.mediaId}`, wanted, limits);
  }
  const first = await lookUpAndFetch(account, wanted, limits);
  // The address that the lookup names lives for five minutes, and one may have been all but over.
  if (first.kind === 'opened' || first.why !== 'gone' || !first.wasLookedUp) return first;
  const second = await lookUpAndFetch(account, wanted, limits);
  return second.kind === 'opened' ? second : { ...second, errors: first.errors + second.errors };
}

async function lookUpAndFetch(
  account: Account,
  wanted: WantedMedia,
  limits: MediaLimits,
): Promise<OpenedMedia | (MissedMedia & { wasLookedUp?: true })> {
  const found = await lookUp(account, wanted, limits);
  if ('kind' in found) return found;
  const fetched = await fetchFile(account, found.path, wanted, limits);
  if (fetched.kind === 'missed') return { ...fetched, wasLookedUp: true };
  return { ...fetched, type: found.type, sha256: found.sha256 };
}

const lookupSchema = z.object({
  url: z.string(),
  mime_type: z.catch(z.optional(z.string()), undefined),
  sha256: z.catch(z.optional(z.string()), undefined),
  /** Told as a number or as a string (docs/360dialog.md#media). */
  file_size: z.catch(z.optional(z.union([z.number(), z.string()])), undefined),
});

interface Lookup {
  /** Where the file lies on the channel's host, with its query. */
  path: string;
  type: string | null;
  sha256: string | null;
}

async function lookUp(
  account: Account,
  { mediaId, signal }: WantedMedia,
  { reach, lookUpMs }: MediaLimits,
): Promise<Lookup | MissedMedia> {
  const answer = await call(
    account,
    { method: 'GET', path: `/${mediaId}` },
    { reach, timeoutMs: lookUpMs, signal },
  );
  if (answer.kind !== 'answered') return missed('unavailable', answer.reason);
  const { status, headers, bytes, json } = answer;
  if (status !== 200) return missedBy({ status, headers, words: bytes.toString('utf8') });
  const found = read(lookupSchema, json);
  if (!found.ok) return missed('unreadable', 'the lookup names no address');
  const { url, mime_type, sha256, file_size } = found.value;
  if (Number(file_size ?? 0) > MAX_MEDIA_BYTES) return missed('unreadable', TOO_LARGE);
  const path = pathOnHost(account, url);
  if (path === null)
    return missed('unreadable', 'the lookup names an address that is not WhatsApp’s');
  return { path, type: mime_type ?? null, sha256: sha256 ?? null };
}

/** Where lookups are known to point (docs/360dialog.md#media). */
const KNOWN_ORIGIN = 'https://lookaside.fbsbx.com';

/**
 * The file's path on the channel's host: the host of the address is replaced, because the key opens the
 * file only there. Null for an address of an origin that lookups are not known to name.
 */
function pathOnHost(account: Account, address: string): string | null {
  const url = URL.parse(address);
  if (!url || url.username || url.password) return null;
  const { origin, pathname, search } = url;
  if (origin === KNOWN_ORIGIN) return pathname + search;
  const base = new URL(providerAddress(account, ''));
  const folder = withoutSlashes(base.pathname);
  if (origin !== base.origin || !pathname.startsWith(`${folder}/`)) return null;
  return pathname.slice(folder.length) + search;
}

async function fetchFile(
  account: Account,
  path: string,
  { range, signal }: WantedMedia,
  { reach, answerMs, idleMs }: MediaLimits,
): Promise<Ended> {
  const outcome = await openStream({
    url: providerAddress(account, path),
    headers: {
      'D360-API-KEY': account.token,
      'accept-encoding': 'identity', // a compressed body has another length than the file
      ...(range !== null && { range }),
    },
    reach,
    answerMs,
    idleMs,
    maxBytes: MAX_MEDIA_BYTES,
    signal,
  });
  if (outcome.kind === 'failed') return missed('unavailable', outcome.reason);
  const { status, headers, body } = outcome;
  if (status !== 200 && (status !== 206 || range === null)) {
    return missedBy({ status, headers, words: await beginningOf(body, MAX_WORDS) });
  }
  const fault = faultOf(headers);
  if (fault === null) return { kind: 'opened', status, headers, body, type: null, sha256: null };
  body.destroy();
  return missed('unreadable', fault);
}

const TOO_LARGE = 'the file is larger than 100 MB';
/** Enough for any error the provider words. */
const MAX_WORDS = 64 * 1024;

function faultOf(headers: Record<string, string>): string | null {
  const length = headers['content-length'];
  if (length !== undefined && Number(length) > MAX_MEDIA_BYTES) return TOO_LARGE;
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' ? null : 'the file is compressed';
}

const missed = (
  why: MissedMedia['why'],
  reason: string,
  more: Partial<MissedMedia> = {},
): MissedMedia => ({ kind: 'missed', why, reason, retryAfterMs: null, errors: 0, ...more });

interface ErrorAnswer {
  status: number;
  headers: Record<string, string>;
  words: string;
}

function missedBy({ status, headers, words }: ErrorAnswer): MissedMedia {
  const { code, next } = readProviderError(status, words);
  const said = providerWords(jsonIn(words));
  return missed(whyOf(status, code, next), said ?? `HTTP ${status}`, {
    errors: status >= 400 ? 1 : 0,
    retryAfterMs: readRetryAfter(headers['retry-after'], headers.date),
    contentRange: headers['content-range'],
  });
}

/** Meta says "(#100) there is no such object" of an id whose time is over, with status 400. */
const NO_SUCH_OBJECT = 100;

function whyOf(status: number, code: number, next: string): MissedMedia['why'] {
  if (status === 404 || status === 410 || code === NO_SUCH_OBJECT) return 'gone';
  if (status === 416) return 'bad-range';
  if (status === 429 || (status < 500 && next === 'retry')) return 'too-busy';
  if (status >= 500) return 'unavailable';
  // The provider is not known to redirect, so a redirect (3xx) is not followed.
  return status >= 400 ? 'refused' : 'unreadable';
}

function jsonIn(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return null; // gateways answer HTML, or nothing (docs/360dialog.md#error-shapes)
  }
}
