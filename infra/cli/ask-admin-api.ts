import { fetchFault } from './fetch-fault.ts';
import { type NotAsked, type Outcome, type Problem, unreachable } from './outcome.ts';

export interface AdminRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** What stands before `path`: `/admin/channels` if nothing is said. */
  root?: '/admin/dead-letters' | '/admin/status' | '/v1/channels';
  path: string;
  body?: unknown;
  /** The version of the channel the caller has seen. */
  ifMatch?: string | undefined;
  /** Under which the request may be repeated. */
  idempotencyKey?: string;
}

export type AdminAnswer =
  | { kind: 'answered'; json: unknown }
  | Extract<Outcome, { kind: 'refused' }>
  | NotAsked;

/** Where the admin endpoints are, in the cloud or on this machine, and how to call them. */
export interface AdminApi {
  /** Origin and path before `/admin/channels` and `/v1/channels`; no slash at its end. */
  url: string;
  /** All headers of a request; in the cloud one of them is its signature. */
  headersFor(request: AdminHttpRequest): Promise<Record<string, string>>;
  /** What a person can do when there is no answer. */
  cure: string;
  /** What a person calls it. `region`: '' on this machine. */
  place: { name: string; region: string };
}

export interface AdminHttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** API Gateway gives up after 30 s. A little more, so that the person sees its own answer. */
const TIMEOUT_MS = 35_000;

/** Calls an admin endpoint. Never throws: where there is no answer, the result says why. */
export async function askAdminApi(api: AdminApi, question: AdminRequest): Promise<AdminAnswer> {
  const { method, root = '/admin/channels', path, body, ifMatch, idempotencyKey } = question;
  const request: AdminHttpRequest = {
    method,
    // Only in its query is there a plus, which stands for a blank: a signature counts that as %20.
    url: `${api.url}${root}${path.replaceAll('+', '%20')}`,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  try {
    const headers = await api.headersFor(request);
    const answer = await fetch(request.url, {
      ...request,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return readAnswer(api, answer.status, await answer.text());
  } catch (error) {
    return unreachable(`${api.url} does not answer (${fetchFault(error)}). ${api.cure}`);
  }
}

function readAnswer({ url }: AdminApi, status: number, text: string): AdminAnswer {
  const json = parsed(text);
  if (status === 204) return { kind: 'answered', json: null };
  if (status >= 200 && status < 300 && json) return { kind: 'answered', json };
  const problem = json && 'code' in json ? (json as unknown as Problem) : null;
  if (problem && status < 500 && status !== 429) return { kind: 'refused', problem };
  if (problem) return unreachable(`${problem.title}. ${problem.detail} Try again in a moment.`);
  if (status === 403) return { kind: 'refused', problem: forbidden(text) };
  return unreachable(
    status >= 500 || status === 429
      ? `${url} answers HTTP ${status}. Try again in a moment.`
      : `What answers at ${url} is no admin endpoint (HTTP ${status}).`,
  );
}

/**
 * API Gateway checks the signature before it calls the function, and says little about a refusal.
 */
export function forbidden(text: string): Problem {
  const json = parsed(text);
  const said = json?.message ?? json?.Message;
  return {
    title: 'AWS refused the call',
    status: 403,
    code: 'forbidden',
    detail: `${typeof said === 'string' ? `It says: ${said}. ` : ''}These credentials need execute-api:Invoke on the stack’s output AdminArn. With a domain of your own, check --region.`,
  };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' ? (json as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
