import { problemResponses } from './problem-responses.ts';
import { type Fields, inPath, inQuery } from './schema-parts.ts';

const PARAMETERS = [
  inPath('channel_id', '`ch_` and 20 hex digits.'),
  inPath('webhook_token', '32 random bytes, base64url: a secret, which allows posting.'),
];

/** The provider’s endpoints: docs/contract.md#provider-to-us. */
export const WEBHOOK_PATHS: Fields = {
  '/webhooks/{channel_id}/{webhook_token}': {
    parameters: PARAMETERS,
    post: {
      operationId: 'receiveWebhook',
      tags: ['webhook'],
      summary: 'Takes what visitors write and what WhatsApp reports',
      description:
        'Answers 200 once every item is queued. Takes any JSON object that comes with the token: what cannot be read is counted and kept as evidence. What comes for an inactive channel is dropped.',
      security: [],
      parameters: [
        {
          name: 'x-webhook-secret',
          in: 'header',
          schema: { type: 'string' },
          description:
            'Registered at activation. A request without it is taken on the token alone, unless `require_webhook_header` is set.',
        },
      ],
      requestBody: {
        required: true,
        description: 'A Cloud API envelope (v2) or a flat body (v1), at most 3 MB.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      responses: {
        '200': {
          description: 'Every item is queued.',
          content: { 'application/json': { schema: { type: 'object', maxProperties: 0 } } },
        },
        ...problemResponses(
          'payload-unreadable',
          'unauthorized',
          'channel-unknown',
          'payload-too-large',
          'unavailable',
        ),
      },
    },
    get: {
      operationId: 'greetWebhook',
      tags: ['webhook'],
      summary: 'Answers that the webhook is there',
      security: [],
      parameters: [
        inQuery(
          'hub.challenge',
          'Answered as it came, where it is 1 to 128 letters, digits, `-` and `_`.',
        ),
      ],
      responses: {
        '200': {
          description: 'The challenge, or nothing.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
      },
    },
  },
};
