import type { FailureCode } from '../../shared/kernel/failure.ts';
import { problemResponses } from './problem-responses.ts';
import { type Fields, gives, inPath, takes } from './schema-parts.ts';

const CHANNEL_ID = inPath('channel_id', '`ch_` and 20 hex digits.');
const CHAT_ID = inPath('chat_id', 'The `chat.id` of an event: 40 hex digits.');
const REPLY_ID = inPath('reply_id', 'From the answer of the messages endpoint, or from an event.');
const ADDRESS = inPath('address', '`{channel_id}::{token}`, as the channel shows it: a secret.');
const IDEMPOTENCY_KEY = {
  name: 'idempotency-key',
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description:
    'Chosen by you. A repeat within 24 hours gets the same answer, and nothing is done twice.',
};

/** What all endpoints that take a channel's API key have in common. */
const operation = (spec: Fields & { responses: Fields }, ...codes: FailureCode[]): Fields => ({
  tags: ['requests'],
  security: [{ api_key: [] }],
  ...spec,
  responses: {
    ...spec.responses,
    ...problemResponses('unauthorized', ...codes, 'rate-limited', 'unavailable'),
  },
});

const CHAT = 'The chat as it is now.';

const incomingRequest = (method: string): Fields =>
  operation(
    {
      operationId: `${method}IncomingRequest`,
      summary: 'Lets the agent write first: it gets the request once the current turn is over',
      description:
        'The path holds the secret. `chat_id` or `channel_chat_id`, in the query or the body, names the chat; `is_urgent` may stand there too. The agent gets everything else as it came; a body over 64 KB reaches it as `{}`.',
      security: [],
      parameters: ['chat_id', 'channel_chat_id', 'is_urgent']
        .map((name): Fields => ({ name, in: 'query', schema: { type: 'string' } }))
        .concat(method === 'post' ? [IDEMPOTENCY_KEY] : []),
      ...(method === 'post' && {
        requestBody: { content: { 'application/json': { schema: {} }, '*/*': { schema: {} } } },
      }),
      responses: { '202': gives('The agent will get it.', 'IncomingRequestAnswer') },
    },
    'chat-unknown',
    'channel-inactive',
    'channel-held',
    'dialog-open',
    'request-invalid',
    ...(method === 'post' ? (['idempotency-key-reused'] as const) : []),
  );

/** The endpoints of the agent and of external systems: docs/contract.md#agent-to-us. */
export const REQUEST_PATHS: Fields = {
  '/v1/channels/{channel_id}/messages': {
    parameters: [CHANNEL_ID],
    post: operation(
      {
        operationId: 'sendMessages',
        summary: 'Sends replies to a visitor',
        description:
          'Whether each reply may be sent, by the 24-hour window for example, is decided when it is sent. What becomes of it comes in `delivery` events, and the replies endpoint shows it under its `reply_id`.',
        parameters: [IDEMPOTENCY_KEY],
        requestBody: takes('MessagesRequest', {
          to: { chat_id: '0123456789abcdef0123456789abcdef01234567' },
          replies: ['Your parcel has arrived.'],
        }),
        responses: { '202': gives('Accepted, in this order.', 'MessagesAnswer') },
      },
      'payload-unreadable',
      'chat-unknown',
      'payload-too-large',
      'request-invalid',
      'reply-invalid',
      'idempotency-key-reused',
    ),
  },
  '/v1/channels/{channel_id}/notifications': {
    parameters: [CHANNEL_ID],
    post: operation(
      {
        operationId: 'notify',
        summary:
          'Sends a template to a visitor and gives its result to the agent, which goes on from there',
        description:
          'One `notification` event follows: `success` once the template was delivered, `no_account` when the number has no WhatsApp, `fail` when it could not be sent; after `notification_timeout_minutes` `success` with `final: false`, because the phone may be off. What the agent replies is parked while the window is closed.',
        parameters: [IDEMPOTENCY_KEY],
        requestBody: takes('NotificationRequest', {
          to: { phone: '+491713920042' },
          template: { name: 'parcel_arrived', language: 'en', parameters: ['4711'] },
          request_id: 'order-4711',
        }),
        responses: { '202': gives('Accepted.', 'NotificationAnswer') },
      },
      'payload-unreadable',
      'chat-unknown',
      'channel-inactive',
      'channel-held',
      'payload-too-large',
      'request-invalid',
      'reply-invalid',
      'idempotency-key-reused',
    ),
  },
  '/v1/channels/{channel_id}/chats': {
    parameters: [CHANNEL_ID],
    get: operation(
      {
        operationId: 'findChat',
        summary: 'Finds a chat by exactly one name',
        parameters: ['phone', 'bsuid', 'channel_chat_id', 'chat_id'].map((name) => ({
          name,
          in: 'query',
          schema: { type: 'string' },
        })),
        responses: { '200': gives(CHAT, 'Chat') },
      },
      'chat-unknown',
      'request-invalid',
    ),
  },
  '/v1/channels/{channel_id}/chats/{chat_id}': {
    parameters: [CHANNEL_ID, CHAT_ID],
    get: operation(
      {
        operationId: 'showChat',
        summary: 'Shows a chat',
        responses: { '200': gives(CHAT, 'Chat') },
      },
      'chat-unknown',
    ),
    delete: operation(
      {
        operationId: 'eraseChat',
        summary: 'Erases a chat and what was said in it',
        description: 'What recognises repeats stays, as hashes.',
        responses: { '204': { description: 'Erased.' } },
      },
      'chat-unknown',
    ),
  },
  '/v1/channels/{channel_id}/chats/{chat_id}/pause': {
    parameters: [CHANNEL_ID, CHAT_ID],
    post: operation(
      {
        operationId: 'pauseChat',
        summary: 'Pauses the agent in a chat for a while',
        parameters: [IDEMPOTENCY_KEY],
        requestBody: takes('PauseRequest', { minutes: 60 }),
        responses: { '200': gives(CHAT, 'Chat') },
      },
      'payload-unreadable',
      'chat-unknown',
      'payload-too-large',
      'request-invalid',
      'idempotency-key-reused',
    ),
  },
  '/v1/channels/{channel_id}/chats/{chat_id}/resume': {
    parameters: [CHANNEL_ID, CHAT_ID],
    post: operation(
      {
        operationId: 'resumeChat',
        summary: 'Lets the agent answer in a chat again',
        parameters: [IDEMPOTENCY_KEY],
        responses: { '200': gives(CHAT, 'Chat') },
      },
      'chat-unknown',
      'idempotency-key-reused',
    ),
  },
  '/v1/channels/{channel_id}/replies/{reply_id}': {
    parameters: [CHANNEL_ID, REPLY_ID],
    get: operation(
      {
        operationId: 'showReply',
        summary: 'Shows what became of a reply',
        responses: { '200': gives('Its messages, part by part.', 'ReplyStatus') },
      },
      'reply-unknown',
    ),
  },
  '/v1/channels/{channel_id}/templates': {
    parameters: [CHANNEL_ID],
    get: operation({
      operationId: 'listTemplates',
      summary: 'Lists the approved templates of the number',
      responses: { '200': gives('Approved ones only.', 'TemplateList') },
    }),
  },
  '/incoming_request/{address}': {
    parameters: [ADDRESS],
    get: incomingRequest('get'),
    post: incomingRequest('post'),
  },
};
