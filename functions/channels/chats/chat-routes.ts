import { eraseChat } from '../../chain/erase-chat.ts';
import { type HttpEvent, json } from '../../chain/http.ts';
import { showReply } from '../../chain/show-reply.ts';
import { existing } from '../load-channel.ts';
import { bodyOf, idOf, type Routes } from '../route.ts';
import { pauseChat, resumeChat } from './pause-chat.ts';
import { lookUpChat, showChatRecord } from './show-chat-record.ts';

/** What an operator sees and does of one visitor: docs/contract.md#chats-as-the-operator-sees-them. */
export const CHAT_ROUTES: Routes = {
  'GET /admin/channels/{id}/chats': async (deps, event) =>
    json(200, await lookUpChat(deps, idOf(event), event.queryStringParameters ?? {})),
  'GET /admin/channels/{id}/chats/{chat_id}': async (deps, event) =>
    json(200, await showChatRecord(deps, chatRefOf(event), event.queryStringParameters?.cursor)),
  'DELETE /admin/channels/{id}/chats/{chat_id}': async (deps, event) => {
    const { channelId, chatId } = chatRefOf(event);
    await eraseChat(deps, await existing(deps, channelId), chatId);
    return { statusCode: 204 };
  },
  'POST /admin/channels/{id}/chats/{chat_id}/pause': async (deps, event) =>
    json(200, await pauseChat(deps, chatRefOf(event), bodyOf(event))),
  'POST /admin/channels/{id}/chats/{chat_id}/resume': async (deps, event) =>
    json(200, await resumeChat(deps, chatRefOf(event))),
  'GET /admin/channels/{id}/replies/{reply_id}': async (deps, event) => {
    const channel = await existing(deps, idOf(event));
    return json(200, await showReply(deps, channel, event.pathParameters?.reply_id ?? ''));
  },
};

const chatRefOf = (event: HttpEvent) => ({
  channelId: idOf(event),
  chatId: event.pathParameters?.chat_id ?? '',
});
