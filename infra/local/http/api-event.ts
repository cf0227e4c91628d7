import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ACCOUNT } from '../aws/client-options.ts';
import type { Match } from './match-route.ts';
import type { HttpAsk } from './serve.ts';

/**
 * The types of bodies that API Gateway hands over as text. Everything else, also a form and a body
 * without a type, arrives in base64 (others tried it against AWS:
 * https://github.com/ministackorg/ministack/pull/766).
 */
const TEXT = /^(text\/.*|application\/(json|xml|javascript))$/;

/**
 * A request as API Gateway passes it to a function, payload format 2.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export function apiEvent(ask: HttpAsk, { route, parameters }: Match): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = ask.headers;
  const routeKey = `${route.method} ${route.path}`;
  const query = Object.entries(joined(ask.query));
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: ask.path,
    rawQueryString: ask.query,
    ...(cookie && { cookies: cookie.split(/[;,]\s*/) }),
    headers,
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: ask.method,
        path: ask.path,
        protocol: 'HTTP/1.1',
        sourceIp: ask.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: clfTime(now),
      timeEpoch: now.getTime(),
    },
    ...bodyOf(ask),
  };
}

function bodyOf({ headers, body }: HttpAsk): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return TEXT.test(mediaType)
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

function joined(query: string): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    all[name] = name in all ? `${all[name]},${value}` : value;
  }
  return all;
}

/** `22/Nov/2026:10:00:00 +0000` */
const clfTime = (at: Date) => {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
};
