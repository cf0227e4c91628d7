/** What an endpoint answers when it refuses (RFC 9457, docs/contract.md#codes). */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; detail: string }[];
}

/** An endpoint has refused, or could not be reached (`status` 0). */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export interface Answer<T> {
  body: T;
  /** The channel's version, for `If-Match`; null where the endpoint names none. */
  etag: string | null;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

interface CallOptions {
  body?: unknown;
  /** The version that is to be changed. */
  ifMatch?: string | null | undefined;
  headers?: Record<string, string>;
}

/** Calls an endpoint of the server that has served this page. Throws `Refused`. */
export async function call<T>(
  method: Method,
  path: string,
  { body, ifMatch, headers = {} }: CallOptions = {},
): Promise<Answer<T>> {
  const answer = await fetch(path, {
    method,
    headers: {
      ...headers,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch && { 'if-match': ifMatch }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new Refused({ status: 0, code: 'unreachable', detail: String(error) });
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refused(problemIn(answer.status, text));
  return { body: (text ? JSON.parse(text) : null) as T, etag: answer.headers.get('etag') };
}

function problemIn(status: number, text: string): Problem {
  try {
    return { code: `http-${status}`, detail: text, ...JSON.parse(text), status };
  } catch {
    return { status, code: `http-${status}`, detail: text };
  }
}
