import type { ProviderError } from '../contract/message.ts';
import { nestsDeeperThan } from '../kernel/nesting.ts';
import { isJson, type Json, listAt, numberAt, objectAt, valueAt, wordAt } from './foreign-json.ts';

/** What an answer says about a request that failed, in whichever envelopes. */
export interface ErrorBody {
  /** The errors that have a code, in the order in which they stand. */
  errors: ProviderError[];
  /** What is said without a code; '' for nothing. */
  words: string;
  /** The answer says that the request failed, whatever its HTTP status is. */
  saysNo: boolean;
  /** The answer is an object of JSON: neither text nor HTML. */
  isJson: boolean;
  /** The status that the gateway names in the body. */
  httpCode: number | null;
}

/** How much of the provider's words an operator is shown. */
const MAX_WORDS = 500;
/** Envelopes in envelopes: two have been seen. */
const DEEPEST = 8;

/**
 * Every shape of docs/360dialog.md#error-shapes: `{"error": …}` as an object, a text or a list,
 * `{"errors": […]}`, the gateway's `meta` in both spellings, any of these inside a `detail` or an
 * `error`, and plain text. HTML and nonsense say nothing.
 */
export function readErrorBody(body: string): ErrorBody {
  const json = parseJson(body);
  const found = readErrorJson(
    json === undefined && !body.trimStart().startsWith('<') ? body : json,
  );
  return {
    ...found,
    words: cut(found.words),
    errors: found.errors.map(({ code, title, details }) => ({
      code,
      title: cut(title),
      ...(details && { details: cut(details) }),
    })),
  };
}

/** The same of an answer that was read as JSON already; its words are not cut. */
export function readErrorJson(json: unknown): ErrorBody {
  if (typeof json === 'string')
    return { errors: [], words: json, saysNo: false, isJson: false, httpCode: null };
  const found: Found = { errors: [], no: [], httpCode: null, failed: false };
  unwrap(json, found, 0);
  const { errors, no, httpCode, failed } = found;
  return {
    errors,
    // Beside nothing else a `message` is all that a proxy says, which need not be a no.
    words:
      no[0] ?? wordAt(json, 'message') ?? wordAt(objectAt(json, 'meta'), 'developer_message') ?? '',
    saysNo: failed || no.length > 0 || errors.length > 0,
    isJson: isJson(json),
    httpCode,
  };
}

interface Found extends Pick<ErrorBody, 'errors' | 'httpCode'> {
  /** Sentences that say what went wrong. */
  no: string[];
  failed: boolean;
}

function unwrap(envelope: unknown, found: Found, depth: number): void {
  if (!isJson(envelope) || depth > DEEPEST) return;
  readMeta(objectAt(envelope, 'meta'), found);
  for (const key of ['errors', 'error']) {
    for (const error of listAt(envelope, key)) readError(error, found, depth);
  }
  readDetail(valueAt(envelope, 'detail'), found, depth);
}

function readMeta(meta: Json | null, found: Found): void {
  const succeeded = valueAt(meta, 'success');
  const said = wordAt(meta, 'developer_message') ?? wordAt(meta, 'developerMessage');
  if (succeeded === false) found.failed = true;
  if (said && succeeded !== true) found.no.push(said);
  found.httpCode ??= numberAt(meta, 'http_code') ?? numberAt(meta, 'httpCode');
}

function readError(error: unknown, found: Found, depth: number): void {
  if (typeof error === 'string' && error !== '') found.no.push(error);
  if (!isJson(error)) return;
  const code = numberAt(error, 'code');
  const title = wordAt(error, 'title') ?? wordAt(error, 'message');
  const details = wordAt(objectAt(error, 'error_data'), 'details') ?? wordAt(error, 'details');
  if (code !== null && Number.isSafeInteger(code)) {
    found.errors.push({ code, title: title ?? `error ${code}`, ...(details && { details }) });
  } else if (title ?? details) {
    found.no.push(title ?? details ?? '');
  }
  unwrap(error, found, depth + 1);
}

/** A sentence, an envelope, or whatever a validator lists: that is shown as it is. */
function readDetail(detail: unknown, found: Found, depth: number): void {
  if (detail === undefined || detail === null || detail === '') return;
  if (typeof detail === 'string') {
    found.no.push(detail);
    return;
  }
  const before = found.no.length + found.errors.length;
  for (const one of Array.isArray(detail) ? detail : [detail]) unwrap(one, found, depth + 1);
  const isEnvelope = found.no.length + found.errors.length > before;
  if (!isEnvelope && !nestsDeeperThan(DEEPEST, detail)) found.no.push(JSON.stringify(detail));
}

const cut = (words: string): string => words.replace(/\s+/g, ' ').trim().slice(0, MAX_WORDS);

/** Undefined: it is no JSON. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // plain text, or HTML of a proxy
  }
}
