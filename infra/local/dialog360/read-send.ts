import * as core from 'zod/v4/core';
import { CLOUD_API_MESSAGES, ON_PREMISE_MESSAGES } from './cloud-api-message.ts';
import { messageWords } from './message-words.ts';
import { cloudReceiptSchema, onPremiseReceiptSchema } from './read-receipt.ts';
import type { Payload } from './webhook-bodies.ts';

/** A message to send, read as the provider would read it. */
export interface SendRequest {
  payload: Payload;
  /** Digits; null when only the BSUID is known. */
  phone: string | null;
  bsuid: string | null;
  /** `input` of the answer: as it was written. */
  input: string;
  type: string;
  /** What the visitor reads of it. */
  text: string;
  /** The whole body, as it came. */
  body: Record<string, unknown>;
  callbackData: string | null;
}

/** Why the provider refuses something: one of Meta's codes, and what is wrong where. */
export interface Refusal {
  code: number;
  details: string;
}

export type SendReading =
  | { kind: 'message'; message: SendRequest }
  | { kind: 'read-receipt'; messageId: string; typing: boolean }
  | { kind: 'refused'; refusal: Refusal };

/**
 * Makes an issue hold the value it is about, so that missing and wrong values can be told apart.
 */
const REPORT = { reportInput: true };

/**
 * Reads a body of `POST /messages` strictly. On `/v1/messages` (`legacyToo`) the old API's form is
 * taken too.
 */
export function readSend(body: unknown, { legacyToo }: { legacyToo: boolean }): SendReading {
  if (!isObject(body)) return refused({ code: 100, details: 'The body is not a JSON object' });
  if (legacyToo && !('messaging_product' in body)) return readMessage(body, 'v1');
  return 'status' in body ? readReceipt(body) : readMessage(body, 'v2');
}

/** Reads a body of `PUT /v1/messages/{id}`; null when it is a read receipt as it should be. */
export function faultOfReceipt(body: unknown): Refusal | null {
  const result = core.safeParse(onPremiseReceiptSchema, body, REPORT);
  return result.success ? null : refusalOf(result.error.issues);
}

function readReceipt(body: object): SendReading {
  const result = core.safeParse(cloudReceiptSchema, body, REPORT);
  if (!result.success) return refused(refusalOf(result.error.issues));
  const { message_id, typing_indicator } = result.data;
  return { kind: 'read-receipt', messageId: message_id, typing: typing_indicator !== undefined };
}

function readMessage(body: Record<string, unknown>, payload: Payload): SendReading {
  const { type } = body;
  const schemas = payload === 'v2' ? CLOUD_API_MESSAGES : ON_PREMISE_MESSAGES;
  const schema = typeof type === 'string' && Object.hasOwn(schemas, type) ? schemas[type] : null;
  if (!schema) {
    return refused({ code: 100, details: `type: ${String(type)} is not a type of message` });
  }
  const result = core.safeParse(schema, body, REPORT);
  if (!result.success) return refused(refusalOf(result.error.issues));
  const { to, recipient, biz_opaque_callback_data } = body as Record<string, string | undefined>;
  if (to === undefined && recipient === undefined) {
    return refused({ code: 131008, details: 'to: is missing, and so is recipient' });
  }
  return {
    kind: 'message',
    message: {
      payload,
      phone: to === undefined ? null : to.replace(/\D/g, ''),
      bsuid: recipient ?? null,
      input: to ?? recipient ?? '',
      type: String(type),
      text: messageWords(body),
      body,
      callbackData: biz_opaque_callback_data ?? null,
    },
  };
}

/** Unknown properties and lengths are 100, what is missing 131008, any other value 131009. */
function refusalOf(issues: core.$ZodIssue[]): Refusal {
  const [issue] = issues;
  if (!issue) return { code: 100, details: 'Invalid parameter' };
  const path = issue.path.map(String).join('.') || 'body';
  if (issue.code === 'unrecognized_keys') {
    return { code: 100, details: `${path}: unexpected ${issue.keys.join(', ')}` };
  }
  if (issue.code === 'too_big') {
    const unit = issue.origin === 'string' ? ' characters' : '';
    return { code: 100, details: `${path}: must be at most ${issue.maximum}${unit}` };
  }
  if (issue.message.startsWith('must be at most')) {
    return { code: 100, details: `${path}: ${issue.message}` };
  }
  if (issue.input === undefined) return { code: 131008, details: `${path}: is missing` };
  return { code: 131009, details: `${path}: ${issue.message || 'is not valid'}` };
}

const refused = (refusal: Refusal): SendReading => ({ kind: 'refused', refusal });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
