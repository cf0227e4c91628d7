import type { Context } from 'aws-lambda';
import type { HttpAnswer, HttpEvent } from '../../functions/chain/http.ts';
import { apiEvent } from '../../infra/local/http/api-event.ts';
import { matchRoute } from '../../infra/local/http/match-route.ts';
import { ROUTES } from '../../infra/routes.ts';

type Handler = (event: HttpEvent, context: Context) => Promise<HttpAnswer>;

export interface HandlerAnswer<Body> {
  status: number;
  headers: Record<string, string>;
  /** The JSON of the answer; null where it has no body. */
  body: Body;
  text: string;
}

const CONTEXT = { awsRequestId: 'request', getRemainingTimeInMillis: () => 29_000 } as Context;

/**
 * One request through a handler, as API Gateway hands it over: `GET /admin/channels?limit=2`. A body
 * that is a string goes as it is, everything else as JSON.
 */
export async function callHandler<Body>(
  handler: Handler,
  methodAndPath: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<HandlerAnswer<Body>> {
  const [method = '', target = ''] = methodAndPath.split(' ');
  const [path = '', query = ''] = target.split('?');
  const match = matchRoute(ROUTES, method, path);
  if (!match) throw new Error(`no endpoint for ${methodAndPath}`);
  const bytes = Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  const sizeBytes = bytes.length;
  const request = { method, path, query, headers, body: bytes, sizeBytes, sourceIp: '127.0.0.1' };
  const answer = await handler(apiEvent(request, match), CONTEXT);
  const text = answer.body ?? '';
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers as Record<string, string>,
    body: text ? JSON.parse(text) : null,
    text,
  };
}
