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
  if (outcome.kind !== 'answered') return { kind: 'failed', reason: outcome.reason };
  if (outcome.status !== 200) return { kind: 'failed', reason: `HTTP ${outcome.status}` };
  if (outcome.body.length === 0) return { kind: 'failed', reason: 'empty' };
  const claimedType = outcome.headers['content-type'] ?? null;
  return { kind: 'fetched', bytes: outcome.body, claimedType };
}
