import { Failure, type Finding } from '../../../shared/kernel/failure.ts';
import { hashOf } from '../../../shared/kernel/hash.ts';
import { nestsDeeperThan } from '../../../shared/kernel/nesting.ts';
import { readJson } from '../../../shared/kernel/read-json.ts';
import { shownHeaders } from '../../../shared/rules/agent-event/shown-headers.ts';
import type { ChatName } from '../../../shared/store/chat/find-chat-by.ts';
import type { HttpEvent } from '../../chain/http.ts';

/** A longer body is replaced by `{}` and the request still counts (docs/contract.md#incoming_request). */
const MAX_BODY_BYTES = 64 * 1024;
/** The body is written as JSON again for the agent. No useful body has more levels than this. */
const MOST_LEVELS = 60;

/** An Incoming Request as the external system has sent it. */
export interface SentIncomingRequest {
  name: ChatName;
  isUrgent: boolean;
  body: unknown;
  headers: Record<string, string>;
  query: Record<string, string>;
  /** The hash of query and body: a repeat under one key must have the same. */
  bodyHash: string;
}

/**
 * Reads an Incoming Request: `chat_id` or `channel_chat_id`, and `is_urgent`, from the query or the
 * body. Everything else is for the agent to read. Throws `request-invalid`.
 */
export function readIncomingRequest(event: HttpEvent): SentIncomingRequest {
  const query = definedOnly(event.queryStringParameters ?? {});
  const text = textOf(event);
  const body = bodyOf(text, event.headers['content-type'] ?? '');
  const field = (name: string): unknown => query[name] ?? fieldOf(body, name);
  return {
    name: readName(field),
    isUrgent: readFlag(field('is_urgent')),
    body,
    query,
    headers: shownHeaders(event.headers),
    bodyHash: hashOf(event.rawQueryString, text),
  };
}

/** '' where the request has no body, or one that is too long. */
function textOf({ body = '', isBase64Encoded }: HttpEvent): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return bytes.length > MAX_BODY_BYTES ? '' : bytes.toString('utf8');
}

function bodyOf(text: string, type: string): unknown {
  if (text.trim() === '') return {};
  const value = readJson(text);
  if (value !== undefined) return nestsDeeperThan(MOST_LEVELS, value) ? {} : value;
  return /^application\/x-www-form-urlencoded\b/i.test(type)
    ? Object.fromEntries(new URLSearchParams(text))
    : text;
}

function readName(field: (name: string) => unknown): ChatName {
  const faults: Finding[] = [];
  for (const kind of ['chat_id', 'channel_chat_id'] as const) {
    const value = field(kind);
    if (typeof value === 'string' && value !== '') return { kind, value };
    if (value !== undefined && value !== null && value !== '') {
      faults.push({ path: kind, detail: 'must be text' });
    }
  }
  throw new Failure('request-invalid', {
    detail: 'Say which chat it is about.',
    errors:
      faults.length > 0
        ? faults
        : [{ path: 'chat_id', detail: 'must be in the query or the body, or channel_chat_id' }],
  });
}

/** True for every way in which a query, a form or JSON says yes. */
const readFlag = (value: unknown): boolean =>
  value === true || value === 1 || (typeof value === 'string' && /^(true|1|yes|on)$/i.test(value));

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    ? (body as Record<string, unknown>)[name]
    : undefined;

const definedOnly = (query: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
