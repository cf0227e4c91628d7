import { gives, ID, operation } from './admin-operation.ts';
import type { Fields } from './schema-parts.ts';

const CHAT_ID = {
  name: 'chat_id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: '40 hex digits.',
};
const NAMES = {
  chat_id: 'The `chat.id` of an event.',
  channel_chat_id: 'The `channel_chat_id` of an event.',
  phone: 'The phone number, with country code.',
  bsuid: 'WhatsApp’s business-scoped user id.',
};
const CURSOR = {
  name: 'cursor',
  in: 'query',
  schema: { type: 'string' },
  description: 'The `next` of an earlier page.',
};

/** A visitor's chat as the operator sees it: docs/contract.md#chats-as-the-operator-sees-them. */
export const CHAT_PATHS: Fields = {
  '/admin/channels/{id}/chats': {
    parameters: [ID],
    get: operation(
      {
        operationId: 'findChatAsOperator',
        summary: 'Finds a chat by one of its names',
        parameters: Object.entries(NAMES).map(([name, description]) => ({
          name,
          in: 'query',
          schema: { type: 'string' },
          description: `${description} Exactly one name is given.`,
        })),
        responses: { '200': gives('The chat.', 'Chat') },
      },
      'channel-unknown',
      'chat-unknown',
      'request-invalid',
    ),
  },
  '/admin/channels/{id}/chats/{chat_id}': {
    parameters: [ID, CHAT_ID],
    get: operation(
      {
        operationId: 'showChatRecord',
        summary: 'Shows everything that is held about a visitor, in pages',
        parameters: [CURSOR],
        responses: { '200': gives('A page; `next` is null at the end.', 'ChatRecord') },
      },
      'channel-unknown',
      'chat-unknown',
      'request-invalid',
    ),
    delete: operation(
      {
        operationId: 'eraseChatAsOperator',
        summary: 'Erases a chat',
        description: 'As the endpoint of the agent does.',
        responses: { '204': { description: 'Erased.' } },
      },
      'channel-unknown',
      'chat-unknown',
    ),
  },
};
