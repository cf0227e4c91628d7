// The provider's API over HTTP: one exchange, the key in its header, JSON in and out.
import { exchange, type HttpOutcome, type HttpRequest, type Reach } from '../kernel/http.ts';
import { nestsDeeperThan } from '../kernel/nesting.ts';
import { readJson } from '../kernel/read-json.ts';
import { type Account, providerAddress } from './hosts.ts';

/** One request to the provider's API; without `json` and `body` it has no body. */
export interface ProviderRequest {
  method: HttpRequest['method'];
  /** Behind the host, with its query: `/v1/configs/webhook`. */
  path: string;
  /** Goes as JSON. */
  json?: unknown;
  /** Goes as it is: an upload. */
  body?: { bytes: Uint8Array; type: string };
  maxBytes?: number;
}

/** Which addresses a call may reach, and how long it may take from start to end. */
export interface CallLimits {
  reach: Reach;
  timeoutMs: number;
  /** Ends the call early, as if its time were up. */
  signal?: AbortSignal | undefined;
}

/** What is known after a call: as `HttpOutcome`, with the body as JSON (null when it is none). */
export type ProviderAnswer =
  | {
      kind: 'answered';
      status: number;
      headers: Record<string, string>;
      json: unknown;
      bytes: Buffer;
    }
  | Exclude<HttpOutcome, { kind: 'answered' }>;

const ONE_MEGABYTE = 1024 * 1024;

/** One call to the provider. Never throws: every end is a value. */
export async function call(
  account: Account,
  { method, path, json, body, maxBytes = ONE_MEGABYTE }: ProviderRequest,
  { reach, timeoutMs, signal }: CallLimits,
): Promise<ProviderAnswer> {
  const sent =
    json === undefined ? body : { bytes: JSON.stringify(json), type: 'application/json' };
  const outcome = await exchange({
    method,
    url: providerAddress(account, path),
    headers: {
      'D360-API-KEY': account.token,
      accept: 'application/json',
      ...(sent && { 'content-type': sent.type }),
    },
    ...(sent && { body: sent.bytes }),
    timeoutMs,
    maxBytes,
    reach,
    signal,
  });
  if (outcome.kind !== 'answered') return outcome;
  const { status, headers, body: bytes } = outcome;
  return { kind: 'answered', status, headers, json: jsonOf(bytes), bytes };
}

/** What nests deeper could not be written as JSON again, and says nothing we know. */
const MOST_LEVELS = 60;

/** Gateways answer HTML, or nothing (docs/360dialog.md#error-shapes). */
function jsonOf(bytes: Buffer): unknown {
  const json = readJson(bytes.toString('utf8')) ?? null;
  return nestsDeeperThan(MOST_LEVELS, json) ? null : json;
}
