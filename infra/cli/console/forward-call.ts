import { matchRoute } from '../../local/http/match-route.ts';
import { problemAnswer } from '../../local/http/problem-answer.ts';
import type { HttpAnswer, HttpAsk } from '../../local/http/serve.ts';
import { ROUTES } from '../../routes.ts';
import { type AdminApi, type AdminHttpRequest, forbidden } from '../ask-admin-api.ts';
import { fetchFault } from '../fetch-fault.ts';

/** What the console may call: the operator's endpoints, and none that a channel's key opens. */
const OPERATORS = ROUTES.filter(({ auth }) => auth === 'iam');

/** What the page says that the endpoints must hear. */
const FORWARDED = ['accept', 'content-type', 'if-match'] as const;

/** API Gateway gives up after 30 s. A little more, so that the person sees its own answer. */
const TIMEOUT_MS = 35_000;

/** Makes a call of the page at the endpoints, signed. Never throws: what went wrong is an answer. */
export async function forwardCall(api: AdminApi, ask: HttpAsk): Promise<HttpAnswer> {
  const request = requestFor(api, ask);
  if (!request) return problemAnswer(404, 'not-found', 'There is no such endpoint.');
  if (ask.body.length > 0 && !isJson(ask.headers['content-type'])) {
    return problemAnswer(403, 'unauthorized', 'Send the body as content-type: application/json.');
  }
  let headers: Record<string, string>;
  try {
    headers = await api.headersFor(request);
  } catch (error) {
    const [said = ''] = String((error as Error).message).split('\n');
    const detail = `The call could not be signed: ${said.replace(/\.$/, '')}. Sign in again (aws sso login).`;
    return problemAnswer(502, 'unsigned', detail);
  }
  try {
    const answer = await fetch(request.url, {
      ...request,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await toPage(api, answer);
  } catch (error) {
    const detail = `${api.url} does not answer (${fetchFault(error)}). ${api.cure}`;
    return problemAnswer(502, 'unreachable', detail);
  }
}

/** Null: it is no call of an operator's endpoint. */
function requestFor(api: AdminApi, ask: HttpAsk): AdminHttpRequest | null {
  const { method, path, query, headers, body } = ask;
  // A signature counts a blank as %20, whatever a form may write.
  const url = `${api.url}${path}${query && `?${query.replaceAll('+', '%20')}`}`;
  if (!matchRoute(OPERATORS, method, path) || !URL.canParse(url)) return null;
  // `..` would lead to another endpoint than the one that was looked at.
  if (!new URL(url).pathname.endsWith(path)) return null;
  return {
    method,
    url,
    headers: Object.fromEntries(
      FORWARDED.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])),
    ),
    ...(body.length > 0 && { body: body.toString() }),
  };
}

async function toPage(api: AdminApi, answer: Response): Promise<HttpAnswer> {
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  const etag = answer.headers.get('etag');
  if (answer.status === 204) return { status: 204 };
  if (answer.status === 403 && !type.includes('problem')) {
    // API Gateway itself has refused the signature.
    const { code, detail } = forbidden(text);
    return problemAnswer(403, code, detail);
  }
  if (!isJson(type) && !type.includes('problem+json')) {
    const detail = `What answers at ${api.url} is no admin endpoint (HTTP ${answer.status}).`;
    return problemAnswer(502, 'unreachable', detail);
  }
  return {
    status: answer.status,
    headers: { 'content-type': type, ...(etag && { etag }) },
    body: text,
  };
}

const isJson = (type: string | undefined): boolean =>
  type?.split(';')[0]?.trim().toLowerCase() === 'application/json';
