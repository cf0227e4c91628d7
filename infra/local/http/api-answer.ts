import { type HttpAnswer, json } from './serve.ts';

/** What API Gateway answers when a function failed, was killed or answered something unreadable. */
export const INTERNAL_SERVER_ERROR = json(500, { message: 'Internal Server Error' });

/**
 * A function's answer as API Gateway reads it, payload format 2.0: without a `statusCode` the whole
 * value is the body of a 200 in JSON.
 */
export function apiAnswer(value: unknown): HttpAnswer {
  if (!isObject(value) || !('statusCode' in value)) {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const status = Number(value.statusCode);
  const { body = '', headers = {}, cookies = [] } = value;
  const readable =
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599 &&
    typeof body === 'string' &&
    isObject(headers) &&
    Array.isArray(cookies);
  if (!readable) return INTERNAL_SERVER_ERROR;
  return {
    status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies.length > 0 && { 'set-cookie': cookies.map(String) }),
    },
    body: value.isBase64Encoded === true ? Buffer.from(body, 'base64') : body,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
