// Attacks, as data: a line for each, in the files beside this one. test/journeys/attacks.test.ts carries them out.

/**
 * One request. `{name}` in a path, a header or a body stands for what the attacker knows or wants: `{channel}`,
 * `{key}` (its API key), `{webhook_token}`, `{webhook_header}`, `{incoming_token}`, `{chat}`, `{media_id}`, `{media_query}`, and the same of another
 * channel with `other_` before it.
 */
export interface Vector {
  what: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** A function makes what is too long or too deep to write down. */
  body?: string | object | (() => string);
  /** What must come out; never a 5xx, and never a secret. */
  status: number;
  /** The code of the problem document. */
  code?: string;
}

const DEEP = 100_000;
export const deep = (open: string, close: string, levels = DEEP) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;
export const deepList = () => deep('[', ']');
export const long = (size: number, sign = 'x') => sign.repeat(size);

export const JSON_TYPE = { 'content-type': 'application/json' };
export const KEY = { authorization: 'Bearer {key}', ...JSON_TYPE };
export const OTHER_KEY = { authorization: 'Bearer {other_key}', ...JSON_TYPE };
export const SECRET = { 'x-webhook-secret': '{webhook_header}', ...JSON_TYPE };
export const V1 = '/v1/channels/{channel}';
export const ADMIN = '/admin/channels';
export const WEBHOOK = '/webhooks/{channel}/{webhook_token}';
export const INCOMING = '/incoming_request/{channel}::{incoming_token}';
export const REFUSED = { status: 401, code: 'unauthorized' };
export const UNKNOWN = { status: 404, code: 'channel-unknown' };
export const INVALID = { status: 422, code: 'request-invalid' };
export const BAD_REPLY = { status: 422, code: 'reply-invalid' };
export const UNREADABLE = { status: 400, code: 'payload-unreadable' };
export const TOO_LARGE = { status: 413, code: 'payload-too-large' };
export const NO_CHAT = { status: 404, code: 'chat-unknown' };
export const NOT_HERE = { status: 403, code: 'unauthorized' };
export const NO_ROUTE = { status: 404 };
export const NOT_SIGNED = { status: 403, code: 'media-link-invalid' };
