// Coexistence: a person of the business answered from the WhatsApp Business app, so the agent is silent
// for a while.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Identity } from '../../shared/contract/identity.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { handoverEventId } from '../../shared/rules/agent-event/event-id.ts';
import { pauseAfterHuman, waitForInbound } from '../../shared/rules/chat/pause.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { inChatOf } from '../../shared/store/chat/find-or-make-chat.ts';
import { pauseUntil } from '../../shared/store/chat/pause-chat.ts';
import { recordHumanMessage } from '../../shared/store/delivery/sent-messages.ts';
import { keepSaid } from '../chain/keep-said.ts';
import type { JobEnd } from '../chain/queue.ts';
import { tellOnce } from '../chain/tell-once.ts';
import type { WorkerDeps } from './deps.ts';

type HumanJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'human-message' }>;
};

/** PROTOCOLS 7: the chat is paused, then the agent is told; each once, however often the echo comes. */
export function yieldToHuman(
  deps: WorkerDeps,
  channel: Channel,
  { item: { message }, received_at: receivedAt }: HumanJob,
): Promise<JobEnd> {
  const eventId = handoverEventId(channel.id, message.id);
  return tellOnce(deps, channel, eventId, async () => {
    const written = { channelId: channel.id, messageId: message.id };
    await recordHumanMessage(deps.table, written, deps.now());
    const sentAt = Math.min(message.sent_at ?? receivedAt, receivedAt);
    const yielded = await pauseChatOf(deps, channel, { to: message.to, sentAt, eventId });
    if (yielded.waitMs !== undefined) return { waitMs: yielded.waitMs };
    const { chatId, chat, until } = yielded;
    await keepSaid(deps.table, channel, {
      chatId,
      at: sentAt,
      id: eventId,
      entry: {
        from: 'human',
        kind: message.type ?? 'text',
        text: message.text ?? '',
        turn_id: eventId,
        message_id: message.id,
      },
    });
    if (!chat) return { chatId, eventFor: null };
    count('chat-paused');
    log.info('chat-paused', { chat_id: chatId });
    return {
      chatId,
      eventFor: (posting) => ({
        ...eventEnvelope({ channel, chat, type: 'handover', eventId, at: receivedAt }, posting),
        handover: { by: 'human', until: new Date(until).toISOString() },
      }),
    };
  });
}

interface Echo {
  to: Identity;
  sentAt: number;
  eventId: string;
}

/** Pauses the visitor's chat, or waits for the message the echo may answer. No `chat`: it is not paused. */
const pauseChatOf = (deps: WorkerDeps, channel: Channel, { to, sentAt, eventId }: Echo) =>
  inChatOf(deps, homeOf(channel), to, async (chatId) => {
    const { table, now } = deps;
    const before = await findChat(table, channel.id, chatId, { consistent: true });
    const inboundTimes = [
      before?.last_inbound_at ?? null,
      before?.inbound_before ?? null,
      before?.inbound_earlier ?? null,
    ];
    const waitMs = waitForInbound({ sentAt, inboundTimes }, now());
    if (waitMs > 0) return { waitMs };
    const pauseMinutes = channel.options.pause_on_human_minutes;
    const until = pauseAfterHuman({ sentAt, inboundTimes, pauseMinutes });
    if (until === null || until <= now()) return { chatId, chat: null, until: 0 };
    const { phone, bsuid } = to;
    const place = { ...homeOf(channel), eventId, chatId, phone, bsuid, now: now() };
    const chat = await pauseUntil(table, place, until);
    return chat && { chatId, chat, until };
  });

const homeOf = ({ id: channelId, options }: Channel) => ({
  channelId,
  forgetAfterDays: options.forget_after_days,
});
