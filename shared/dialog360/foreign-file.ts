import { exchange, type Reach } from '../kernel/http.ts';

/**
 * A larger file is sent by link, and WhatsApp fetches it. What is uploaded lies in memory up to three
 * times, and the function has 256 MB: a file of 24 MB took Node to 180 MB (measured 2026-11-23).
 */
const MAX_BYTES = 24 * 1024 * 1024;
const TIMEOUT_MS = 15_000;

/** What came of fetching a file. `claimedType`: the type its server says it has. */
export type FetchedFile =
  | { kind: 'fetched'; bytes: Buffer; claimedType: string | null }
  | { kind: 'failed'; reason: string };

const failed = (reason: string): FetchedFile => ({ kind: 'failed', reason });

/** What the developer of an agent reads. */
const WORDS: Record<string, string> = {
  timeout: 'no answer in time',
  reset: 'the connection broke off',
  'too-large': 'it is larger than 24 MB',
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'there is no such host',
};

/**
 * Fetches a file from an address that the agent chose: no redirects, public addresses only, limited in
 * size and time. Never throws.
 */
export async function fetchFile(
  url: string,
  { reach, signal }: { reach: Reach; signal?: AbortSignal | undefined },
): Promise<FetchedFile> {
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, reach, signal };
  const outcome = await exchange({ method: 'GET', url, ...limits });
  if (outcome.kind !== 'answered') return failed(WORDS[outcome.reason] ?? outcome.reason);
  const { status, body } = outcome;
  if (status >= 300 && status < 400)
    return failed(`HTTP ${status}, and redirects are not followed`);
  if (status !== 200) return failed(`HTTP ${status}`);
  if (body.length === 0) return failed('it is empty');
  const claimedType = outcome.headers['content-type'] ?? null;
  return { kind: 'fetched', bytes: body, claimedType };
}
