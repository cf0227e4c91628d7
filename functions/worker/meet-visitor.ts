import type { Chat } from '../../shared/contract/chat.ts';
import type { Identity } from '../../shared/contract/identity.ts';
import { inboundTime } from '../../shared/rules/window.ts';
import { hear } from '../../shared/store/chats.ts';
import { inChatOf, learnBsuid } from '../../shared/store/find-or-make-chat.ts';
import type { WorkerDeps } from './deps.ts';

/** Somebody wrote, or called. Times are epoch milliseconds. */
export interface Contact {
  channelId: string;
  eventId: string;
  from: Identity;
  name: string;
  sentAt: number | null;
  receivedAt: number;
  opensWindow: boolean;
  /** The turn it is, where the agent may answer. */
  turnId?: string;
}

/** PROTOCOLS 2: remember that the user spoke; the chat is made where there is none. */
export async function meetVisitor(deps: WorkerDeps, contact: Contact): Promise<Chat> {
  const { channelId, eventId, from, name, sentAt, receivedAt, turnId } = contact;
  const { phone, bsuid, username } = from;
  const chat = await inChatOf(deps, channelId, from, (chatId) =>
    hear(deps.table, {
      channelId,
      chatId,
      eventId,
      phone,
      bsuid,
      username,
      name,
      inboundAt: contact.opensWindow ? inboundTime(sentAt, receivedAt) : null,
      now: deps.now(),
      ...(turnId && { turnId }),
    }),
  );
  return bsuid === null || bsuid === chat.bsuid ? chat : learnBsuid(deps, chat, bsuid);
}
