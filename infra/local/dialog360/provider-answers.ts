import { type HttpAnswer, json } from '../http/serve.ts';
import { type FailureWords, failureWords, titleOf } from './failure-words.ts';
import type { Refusal, SendRequest } from './read-send.ts';
import type { Payload } from './webhook-bodies.ts';

// The provider's words: docs/360dialog.md#answers-to-a-send and docs/360dialog.md#error-shapes.

/** HTTP statuses other than 400 (docs/360dialog.md#error-codes). */
const STATUSES: Record<number, number> = { 130429: 429, 131000: 500, 132001: 404 };

/** An error of Meta's, which 360dialog passes on. */
export const metaError = ({ code, details }: Refusal): HttpAnswer =>
  json(STATUSES[code] ?? 400, {
    error: {
      message: `(#${code}) ${titleOf(code)}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'AlocalTrace',
    },
  });

/** A message is refused with a code, in the words of the API it was sent to. */
export function refusedWith(code: number, payload: Payload): HttpAnswer {
  const words = failureWords(code, payload);
  return payload === 'v2'
    ? metaError(words)
    : json(STATUSES[code] ?? 400, {
        meta: { api_status: 'stable', version: '2.53.3' },
        errors: [words],
      });
}

/** A failure as a later `failed` status names it (docs/360dialog.md#statuses). */
export const statusError = ({ code, title, details }: FailureWords, payload: Payload): object =>
  payload === 'v2'
    ? { code, title, message: title, error_data: { details } }
    : { code, title, details };

/** An error of 360dialog's own. */
export const gatewayError = (status: number, message: string): HttpAnswer =>
  json(status, { meta: { success: false, http_code: status, developer_message: message } });

export const invalidKey = (): HttpAnswer => gatewayError(401, 'Invalid api_key');

/** What sends 360dialog's messages is away (docs/360dialog.md#error-shapes): the message was not taken. */
export const backendAway = (): HttpAnswer => gatewayError(502, 'Messaging backend not available');

/** The answer to a message that was taken. */
export function accepted(message: SendRequest, messageId: string): HttpAnswer {
  const contacts = [
    message.phone
      ? { input: message.input, wa_id: message.phone }
      : { input: message.input, user_id: message.bsuid },
  ];
  const messages = [{ id: messageId }];
  return message.payload === 'v2'
    ? json(200, { messaging_product: 'whatsapp', contacts, messages })
    : json(200, { contacts, messages, meta: { api_status: 'stable', version: '2.53.3' } });
}
