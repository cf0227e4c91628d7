import { exchange, type HttpOutcome } from '../kernel/http.ts';
import { type AwsCredentials, signForAws } from '../kernel/sign-for-aws.ts';
import type { AgentCall } from './http-agent.ts';
import type { KindRequest } from './wire/kind.ts';

/** The function's own AWS keys, for agents that AWS hosts. */
export type AwsKeys = () => AwsCredentials;

type Sending = Pick<AgentCall, 'secrets' | 'reach' | 'signal'> & {
  /** The id of the event it is about; the same for every repeat. */
  eventId: string;
  awsKeys: AwsKeys;
  timeoutMs: number;
  maxBytes: number;
};

/** Sends one request of a kind of agent, after the time it wants to wait. Never throws. */
export async function sendRequest(
  { method, url, headers, body, sign, afterMs = 0 }: KindRequest,
  { secrets, eventId, reach, signal, awsKeys, timeoutMs, maxBytes }: Sending,
): Promise<HttpOutcome> {
  const startedAt = performance.now();
  if (!(await waited(Math.min(afterMs, timeoutMs), signal)))
    return { kind: 'no-answer', reason: 'ended' };
  const left = timeoutMs - (performance.now() - startedAt);
  if (left <= 0) return { kind: 'no-answer', reason: 'timeout' };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const all = {
    ...headers,
    ...secrets.agent_headers,
    ...(method === 'POST' && { 'content-type': 'application/json', 'idempotency-key': eventId }),
  };
  const signed = sign ? await withSignature(method, url, all, text, sign, awsKeys()) : all;
  return exchange({
    method,
    url,
    headers: signed,
    ...(text !== undefined && { body: text }),
    timeoutMs: left,
    maxBytes,
    reach,
    signal,
  });
}

async function withSignature(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: string | undefined,
  to: NonNullable<KindRequest['sign']>,
  credentials: AwsCredentials,
): Promise<Record<string, string>> {
  const request = { method, url, headers, ...(body !== undefined && { body }) };
  const { host: _, ...signed } = await signForAws(request, { ...to, credentials });
  return signed;
}

/** Whether the time went by before the call was ended. */
function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false);
  if (ms <= 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve(true);
    }, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
