import * as core from 'zod/v4/core';
import { legacyTextSchema, readReceiptSchema, TYPED } from './message-schemas.ts';

/** A message somebody wants to send, read as the provider would read it. */
export interface SendRequest {
  dialect: 'cloud' | 'legacy';
  /** Digits; null when only the BSUID is known. */
  phone: string | null;
  bsuid: string | null;
  /** `input` of the answer: as it was written. */
  input: string;
  type: string;
  text: string;
  callbackData: string | null;
}

/** Why the provider refuses a body: one of Meta's codes, and what is wrong where. */
export interface Refusal {
  code: 100 | 131008 | 131009;
  details: string;
}

export type SendReading =
  | { kind: 'message'; message: SendRequest }
  | { kind: 'read-receipt'; messageId: string; typing: boolean }
  | { kind: 'refused'; refusal: Refusal };

/** An issue then says what stood there, so that missing and wrong can be told apart. */
const REPORT = { reportInput: true };

/** Reads a body of `POST /messages` strictly. On `/v1/messages` the old dialect is taken too. */
export function readSend(body: unknown, { legacyToo }: { legacyToo: boolean }): SendReading {
  if (!isObject(body)) return refused({ code: 100, details: 'The body is not a JSON object' });
  if (legacyToo && !('messaging_product' in body)) return readLegacy(body);
  if ('status' in body) return readReceipt(body);
  const { type } = body;
  if (typeof type !== 'string' || !Object.hasOwn(TYPED, type)) {
    return refused({ code: 100, details: `type: ${String(type)} is not a type of message` });
  }
  const result = core.safeParse(TYPED[type as keyof typeof TYPED], body, REPORT);
  if (!result.success) return refused(refusalOf(result.error.issues));
  const { to, recipient, text, biz_opaque_callback_data } = result.data;
  if (to === undefined && recipient === undefined) {
    return refused({ code: 131008, details: 'to: is missing, and so is recipient' });
  }
  return {
    kind: 'message',
    message: {
      dialect: 'cloud',
      phone: to === undefined ? null : to.replace(/\D/g, ''),
      bsuid: recipient ?? null,
      input: to ?? recipient ?? '',
      type,
      text: text.body,
      callbackData: biz_opaque_callback_data ?? null,
    },
  };
}

function readReceipt(body: object): SendReading {
  const result = core.safeParse(readReceiptSchema, body, REPORT);
  if (!result.success) return refused(refusalOf(result.error.issues));
  const { message_id, typing_indicator } = result.data;
  return { kind: 'read-receipt', messageId: message_id, typing: typing_indicator !== undefined };
}

function readLegacy(body: object): SendReading {
  const result = core.safeParse(legacyTextSchema, body, REPORT);
  if (!result.success) return refused(refusalOf(result.error.issues));
  const { to, type, text, biz_opaque_callback_data } = result.data;
  return {
    kind: 'message',
    message: {
      dialect: 'legacy',
      phone: to.replace('+', ''),
      bsuid: null,
      input: to,
      type,
      text: text.body,
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
    return { code: 100, details: `${path}: must be at most ${issue.maximum} characters long` };
  }
  if (issue.input === undefined) {
    return { code: 131008, details: `${path}: is missing` };
  }
  return { code: 131009, details: `${path}: ${issue.message || 'is not valid'}` };
}

const refused = (refusal: Refusal): SendReading => ({ kind: 'refused', refusal });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
