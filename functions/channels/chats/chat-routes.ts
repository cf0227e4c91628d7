import { CHAT_NAMES } from '../../../shared/contract/messages-request.ts';
import { eraseChat } from '../../chain/erase-chat.ts';
import { type HttpEvent, json } from '../../chain/http.ts';
import { showReply } from '../../chain/show-reply.ts';
import { existing } from '../load-channel.ts';
import { bodyOf, idOf, type Routes } from '../route.ts';
import { pauseChat, resumeChat } from './pause-chat.ts';
import { lookUpChat, showChatRecord } from './show-chat-record.ts';

/** What an operator sees and does of one visitor: docs/contract.md#chats-as-the-operator-sees-them. */
export const CHAT_ROUTES: Routes = {
  'GET /admin/channels/{id}/chats': {
    query: CHAT_NAMES,
    answer: async (deps, event) =>
      json(200, await lookUpChat(deps, idOf(event), event.queryStringParameters ?? {})),
  },
  'GET /admin/channels/{id}/chats/{chat_id}': {
    query: ['cursor'],
    answer: async (deps, event) =>
      json(200, await showChatRecord(deps, chatRefOf(event), event.queryStringParameters?.cursor)),
  },
  'DELETE /admin/channels/{id}/chats/{chat_id}': {
    answer: async (deps, event) => {
      const { channelId, chatId } = chatRefOf(event);
      await eraseChat(deps, await existing(deps, channelId), chatId);
      return { statusCode: 204 };
    },
  },
  'POST /admin/channels/{id}/chats/{chat_id}/pause': {
    body: ['minutes'],
    answer: async (deps, event) =>
      json(200, await pauseChat(deps, chatRefOf(event), bodyOf(event))),
  },
  'POST /admin/channels/{id}/chats/{chat_id}/resume': {
    answer: async (deps, event) => json(200, await resumeChat(deps, chatRefOf(event))),
  },
  'GET /admin/channels/{id}/replies/{reply_id}': {
    answer: async (deps, event) => {
      const channel = await existing(deps, idOf(event));
      return json(200, await showReply(deps, channel, event.pathParameters?.reply_id ?? ''));
    },
  },
};

const chatRefOf = (event: HttpEvent) => ({
  channelId: idOf(event),
  chatId: event.pathParameters?.chat_id ?? '',
});
