import type { Chat, ThreadControl } from '../../shared/contract/chat.ts';
import type { Identity } from '../../shared/contract/identity.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import { releaseEntry } from '../../shared/rules/delivery/reply-jobs.ts';
import { inboundTime, isWindowOpen } from '../../shared/rules/window/window.ts';
import { inChatOf, learnBsuid } from '../../shared/store/chat/find-or-make-chat.ts';
import { recordInbound } from '../../shared/store/chat/record-inbound.ts';
import type { WorkerDeps } from './deps.ts';
import { settleControl } from './follow-control.ts';

/** A visitor wrote, or called. Times are epoch milliseconds. */
export interface Contact {
  channelId: string;
  /** The channel's option. */
  forgetAfterDays?: number | null | undefined;
  eventId: string;
  from: Identity;
  name: string;
  sentAt: number | null;
  receivedAt: number;
  opensWindow: boolean;
  /** Whether it is a stop or a start word: `stopWordIn`. */
  wish?: 'stop' | 'start' | null;
  /** The turn it begins, where the agent may answer. */
  turnId?: string;
  /** Its message waits for those that follow it. */
  waits?: boolean;
  /** Who has the conversation, as the field of a message says it, and the id of the event of that change. */
  control?: Pick<ThreadControl, 'holder' | 'event_id'>;
}

/** PROTOCOLS 2: remembers that the visitor wrote; the chat is made where there is none. */
export async function meetVisitor(deps: WorkerDeps, contact: Contact): Promise<Chat> {
  const { channelId, forgetAfterDays, eventId, from, name, sentAt, receivedAt, turnId } = contact;
  const { phone, bsuid, username } = from;
  const at = inboundTime(sentAt, receivedAt);
  const met = await inChatOf(deps, { channelId, forgetAfterDays }, from, (chatId) =>
    recordInbound(deps.table, {
      channelId,
      chatId,
      eventId,
      phone,
      bsuid,
      username,
      name,
      inboundAt: contact.opensWindow ? at : null,
      wish: contact.wish ?? null,
      now: deps.now(),
      forgetAfterDays,
      ...(turnId && { turnId }),
      ...(contact.waits && { waits: true }),
    }),
  );
  // Before anything that waits is queued: it would take the conversation from Meta's agent.
  const chat = contact.control
    ? await settleControl(deps, met, { by: 'message', ...contact.control, at })
    : met;
  await releaseParked(deps, chat, eventId);
  return bsuid === null || bsuid === chat.bsuid ? chat : learnBsuid(deps, chat, bsuid);
}

/** PROTOCOLS 18: replies that wait for the visitor go before anything the agent may say to this message. */
async function releaseParked(
  { queues, now }: WorkerDeps,
  chat: Chat,
  eventId: string,
): Promise<void> {
  if (chat.parked.length === 0 || !isWindowOpen(chat, now())) return;
  const job = { kind: 'release' as const, channel_id: chat.channel_id, chat_id: chat.id };
  await enqueue(queues.outbound, [releaseEntry(job, eventId)]);
}
