import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { jsonIn } from '../http/json-in.ts';
import type { Exchange } from './trail.ts';

/** Whether a function was called over HTTP, and not by a queue. */
export const isHttpEvent = (event: unknown): event is APIGatewayProxyEventV2 =>
  typeof event === 'object' && event !== null && 'routeKey' in event;

/** The JSON of the body of a call over HTTP; null where it is none. */
export function bodyIn(event: unknown): unknown {
  if (!isHttpEvent(event) || event.body === undefined) return null;
  return jsonIn(Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'));
}

/** The channel that a call or the first of the jobs is about. */
export function channelIn(event: unknown, jobs: Record<string, unknown>[]): string | null {
  const named = isHttpEvent(event) ? event.pathParameters?.channel_id : jobs[0]?.channel_id;
  return typeof named === 'string' ? named : null;
}

/** What a function was asked for: the call, or the job. */
export function askedFor(event: unknown, jobs: unknown[]): Exchange {
  if (!isHttpEvent(event)) return { body: jobs.length === 1 ? jobs[0] : jobs };
  const { method, path } = event.requestContext.http;
  const { authorization: _, ...headers } = event.headers as Record<string, string>;
  return { method, url: path, headers, body: bodyIn(event) };
}

/** What a function answered to a call over HTTP. */
export function answeredTo(value: unknown): Exchange {
  const { statusCode = 200, body = '' } = (value ?? {}) as { statusCode?: number; body?: string };
  return { status: statusCode, body: jsonIn(Buffer.from(body)) ?? body };
}
