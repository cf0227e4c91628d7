import { type HttpAnswer, json } from '../http/serve.ts';
import type { Refusal, SendRequest } from './read-send.ts';

// The provider's words: docs/360dialog.md#answers-to-a-send and docs/360dialog.md#error-shapes.

const MESSAGES: Record<Refusal['code'], string> = {
  100: '(#100) Invalid parameter',
  131008: '(#131008) Required parameter is missing',
  131009: '(#131009) Parameter value is not valid',
  131053: '(#131053) Media upload error',
  132001: '(#132001) Template name does not exist in the translation',
};

/** An error of Meta's, which 360dialog passes on. */
export const metaError = ({ code, details }: Refusal): HttpAnswer =>
  json(code === 132001 ? 404 : 400, {
    error: {
      message: MESSAGES[code],
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'AlocalTrace',
    },
  });

/** The same error as a later `failed` status names it (docs/360dialog.md#statuses). */
export const statusError = ({ code, details }: Refusal): object => {
  const title = MESSAGES[code].replace(/^\(#\d+\) /, '');
  return { code, title, message: title, error_data: { details } };
};

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
