import { problemResponses } from './problem-responses.ts';
import type { Fields } from './schema-parts.ts';

const PARAMETERS = [
  {
    name: 'channel_id',
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: '`ch_` and 20 hex digits.',
  },
  {
    name: 'webhook_token',
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: '32 random bytes, base64url: whoever has it may post.',
  },
];

/** The provider’s endpoints: docs/contract.md#provider-to-us. */
export const WEBHOOK_PATHS: Fields = {
  '/webhooks/{channel_id}/{webhook_token}': {
    parameters: PARAMETERS,
    post: {
      operationId: 'receiveWebhook',
      tags: ['webhook'],
      summary: 'Takes what WhatsApp users and WhatsApp itself say',
      description:
        'Answered 200 once every item is queued. Any JSON object of a holder of the token is taken: what cannot be read is counted and kept as evidence. What an inactive channel gets is dropped.',
      security: [],
      parameters: [
        {
          name: 'x-webhook-secret',
          in: 'header',
          schema: { type: 'string' },
          description:
            'Registered at activation. Absent: taken on the token alone, unless `require_webhook_header` is set.',
        },
      ],
      requestBody: {
        required: true,
        description: 'A Cloud API envelope or a flat v1 body, at most 3 MB.',
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
      summary: 'Says that somebody is there',
      security: [],
      parameters: [
        { name: 'hub.challenge', in: 'query', schema: { type: 'string' }, description: 'Echoed.' },
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
