import type { Chat } from '../../shared/contract/chat.ts';
import type { Identity } from '../../shared/contract/identity.ts';
import { inboundTime } from '../../shared/rules/window.ts';
import { hear } from '../../shared/store/chats.ts';
import type { WorkerDeps } from './deps.ts';
import { findOrMakeChat, learnBsuid } from './find-or-make-chat.ts';

/** Somebody wrote, or called. Times are epoch milliseconds. */
export interface Contact {
  channelId: string;
  eventId: string;
  from: Identity;
  name: string;
  sentAt: number | null;
  receivedAt: number;
  opensWindow: boolean;
}

/** PROTOCOLS 2: remember that the user spoke; the chat is made where there is none. */
export async function meetVisitor(deps: WorkerDeps, contact: Contact): Promise<Chat> {
  const { channelId, eventId, from, name, sentAt, receivedAt } = contact;
  const { phone, bsuid, username } = from;
  const chat = await hear(deps.table, {
    channelId,
    chatId: await findOrMakeChat(deps, channelId, from),
    eventId,
    phone,
    bsuid,
    username,
    name,
    inboundAt: contact.opensWindow ? inboundTime(sentAt, receivedAt) : null,
    now: deps.now(),
  });
  return bsuid === null || bsuid === chat.bsuid ? chat : learnBsuid(deps, chat, bsuid);
}
