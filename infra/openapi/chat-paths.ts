import { ID, operation } from './admin-operation.ts';
import { type Fields, gives, inPath, inQuery, takes } from './schema-parts.ts';

const CHAT_ID = inPath('chat_id', '40 hex digits.');
const REPLY_ID = inPath('reply_id', '`rep_` and 32 hex digits.');
const NAMES = {
  chat_id: 'The `chat.id` of an event.',
  channel_chat_id: 'The `channel_chat_id` of an event.',
  phone: 'The phone number, with country code.',
  bsuid: 'WhatsApp’s business-scoped user id.',
};
const CURSOR = inQuery('cursor', 'The `next` of an earlier page.');

/** A visitor's chat as the operator sees it: docs/contract.md#chats-as-the-operator-sees-them. */
export const CHAT_PATHS: Fields = {
  '/admin/channels/{id}/chats': {
    parameters: [ID],
    get: operation(
      {
        operationId: 'findChatAsOperator',
        summary: 'Finds a chat by one of its names',
        parameters: Object.entries(NAMES).map(([name, description]) =>
          inQuery(name, `${description} Exactly one name is given.`),
        ),
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
  '/admin/channels/{id}/chats/{chat_id}/pause': {
    parameters: [ID, CHAT_ID],
    post: operation(
      {
        operationId: 'pauseChatAsOperator',
        summary: 'Pauses the agent in a chat for a while',
        description: 'As the endpoint of the agent does. The last call counts.',
        requestBody: takes('PauseRequest', { minutes: 60 }),
        responses: { '200': gives('The chat.', 'Chat') },
      },
      'payload-unreadable',
      'channel-unknown',
      'chat-unknown',
      'payload-too-large',
      'request-invalid',
    ),
  },
  '/admin/channels/{id}/chats/{chat_id}/resume': {
    parameters: [ID, CHAT_ID],
    post: operation(
      {
        operationId: 'resumeChatAsOperator',
        summary: 'Lets the agent answer in a chat again',
        responses: { '200': gives('The chat.', 'Chat') },
      },
      'channel-unknown',
      'chat-unknown',
    ),
  },
  '/admin/channels/{id}/trace': {
    parameters: [ID],
    get: operation(
      {
        operationId: 'showTrace',
        summary: 'Shows the story of a message, a reply or a visitor’s newest messages',
        description: 'As far as the table knows it, without words. The log knows more.',
        parameters: [
          inQuery(
            'of',
            'The id of a message of WhatsApp’s, of a reply, an event, a request or a chat; or a phone number.',
          ),
        ],
        responses: {
          '200': gives('What is known; `stories` are empty where that is nothing.', 'Trace'),
        },
      },
      'channel-unknown',
      'request-invalid',
    ),
  },
  '/admin/channels/{id}/templates': {
    parameters: [ID],
    get: operation(
      {
        operationId: 'listProviderTemplates',
        summary: 'Lists the templates of the number, in the form of 360dialog’s own list',
        description: 'In whatever state they are. None in the sandbox.',
        responses: { '200': gives('As 360dialog has them now.', 'ProviderTemplateList') },
      },
      'channel-unknown',
    ),
  },
  '/admin/channels/{id}/replies/{reply_id}': {
    parameters: [ID, REPLY_ID],
    get: operation(
      {
        operationId: 'showReplyAsOperator',
        summary: 'Shows what became of a reply',
        responses: { '200': gives('Its messages, part by part.', 'ReplyStatus') },
      },
      'channel-unknown',
      'reply-unknown',
    ),
  },
};
