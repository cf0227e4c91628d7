// What the functions behind an HTTP endpoint share: an event in, an answer or a problem document out.
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import {
  FAILURES,
  Failure,
  type FailureCode,
  type FailureFacts,
  fateOf,
} from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { nestsDeeperThan } from '../../shared/kernel/nesting.ts';
import { readJson } from '../../shared/kernel/read-json.ts';
import { lambda } from './lambda.ts';
import { reportError } from './report-error.ts';

export type HttpEvent = APIGatewayProxyEventV2;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/**
 * A handler for one HTTP endpoint. What the story throws becomes a problem document (RFC 9457): a
 * `Failure` with its own code, any other error as `unavailable`, with its cause only in the log.
 */
export const httpHandler = (endpoint: (event: HttpEvent) => Promise<HttpAnswer>) =>
  lambda<HttpEvent, HttpAnswer>().use([logContext, answerProblem]).handler(endpoint);

type Middleware = middy.MiddlewareObj<HttpEvent, HttpAnswer>;

/** Every log line of a request carries its id and its route. */
const logContext: Middleware = {
  before: ({ event, context }) => {
    // Never the path: it may hold a secret.
    log.appendKeys({ request_id: context.awsRequestId, route: event.routeKey });
  },
};

/** What the endpoint throws is logged and becomes the caller's answer. */
const answerProblem: Middleware = {
  onError: (request) => {
    request.response = problemOf(request.error);
  },
};

/** An answer in JSON. No cache may keep it: it may hold a secret, and is out of date soon. */
export const json = (
  statusCode: number,
  body: unknown,
  headers: Record<string, string> = {},
): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

/**
 * The body as a JSON object. Throws `payload-too-large` over `maxBytes`, `payload-unreadable` for
 * anything that is not an object, and for one that nests deeper than `maxLevels`: none are given where the
 * reader cuts a body at a depth of its own.
 */
export function readJsonBody(
  { body = '', isBase64Encoded }: Pick<HttpEvent, 'body' | 'isBase64Encoded'>,
  maxBytes: number,
  maxLevels = Number.POSITIVE_INFINITY,
): Record<string, unknown> {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) {
    throw new Failure('payload-too-large', { detail: `A body has at most ${maxBytes} bytes.` });
  }
  const value = readJson(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Failure('payload-unreadable', { detail: 'Send one JSON object.' });
  }
  if (Number.isFinite(maxLevels) && nestsDeeperThan(maxLevels, value)) {
    throw new Failure('payload-unreadable', {
      detail: `A body nests at most ${maxLevels} levels.`,
    });
  }
  return value as Record<string, unknown>;
}

/** What an endpoint answers to what its story has thrown; it is logged and counted here. */
export function problemOf(error: unknown): HttpAnswer {
  report(error);
  const { code, facts } =
    error instanceof Failure ? error : { code: 'unavailable' as FailureCode, facts: {} };
  const { status, title } = FAILURES[code];
  const {
    detail = `${title}.`,
    errors = [],
    unknown = [],
    erasing,
    retryAfterSeconds,
    headers,
  } = facts;
  const findings = [...unknown, ...errors];
  return json(
    status,
    {
      type: `urn:problem-type:dialog360-channel:${code}`,
      title,
      status,
      code,
      detail,
      errors: findings.length > 0 ? findings : undefined,
      erasing,
    },
    {
      'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }), // RFC 9110 §15.5.2
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
  );
}

/** A refused caller is no trouble of ours: the code and the fields are logged, never what stands in them. */
function report(error: unknown): void {
  const isRefused =
    error instanceof Failure && (fateOf(error) !== 'retry' || error.code === 'rate-limited');
  if (isRefused) log.info('request-refused', { code: error.code, ...pathsIn(error.facts) });
  else reportError(error);
}

/** Names of fields of ours and places in a list; any other name may be a secret of the caller's. */
function pathsIn({ unknown = [], errors = [] }: FailureFacts): { paths?: string[] } {
  const isOurs = (path: string) => path.length <= 64 && /^[a-z0-9_.]*$/.test(path);
  const paths = errors.map(({ path }) => (isOurs(path) ? path : '…'));
  paths.unshift(...unknown.map(() => '…'));
  return paths.length > 0 ? { paths } : {};
}
