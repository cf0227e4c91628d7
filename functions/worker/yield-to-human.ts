// Coexistence: a person answered from the WhatsApp Business app, so the agent is silent for a while.
import type { Channel } from '../../shared/contract/channel.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { channelVariables } from '../../shared/rules/agent-event/channel-variables.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { pauseAfterHuman, waitForInbound } from '../../shared/rules/chat/pause.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { inChatOf } from '../../shared/store/chat/find-or-make-chat.ts';
import { pauseChat } from '../../shared/store/chat/pause-chat.ts';
import { recordHumanMessage } from '../../shared/store/delivery/sent-messages.ts';
import { beginTurn, endTurn } from '../../shared/store/turns.ts';
import { postEvent } from '../chain/post-event.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';

export type HumanJob = InboundJob & {
  item: Extract<InboundJob['item'], { kind: 'human-message' }>;
};

/** PROTOCOLS 7: the chat is paused, then the agent is told; each once, however often the echo comes. */
export async function yieldToHuman(
  deps: WorkerDeps,
  channel: Channel,
  { item: { message }, received_at: receivedAt }: HumanJob,
): Promise<JobEnd> {
  const { table, now } = deps;
  const eventId = idOf('evt', channel.id, 'handover', message.id);
  const place = { channelId: channel.id, eventId };
  const turn = await beginTurn(table, place, now());
  if (turn.outcome) return 'done';
  await recordHumanMessage(table, { channelId: channel.id, messageId: message.id }, now());

  const { phone, bsuid } = message.to;
  const sentAt = Math.min(message.sent_at ?? receivedAt, receivedAt);
  const yielded = await inChatOf(deps, channel.id, message.to, async (chatId) => {
    const before = await findChat(table, channel.id, chatId, { consistent: true });
    const inboundTimes = [before?.last_inbound_at ?? null, before?.inbound_before ?? null];
    const waitMs = waitForInbound({ sentAt, inboundTimes }, now());
    if (waitMs > 0) return { waitMs };
    const pauseMinutes = channel.options.pause_on_human_minutes;
    const until = pauseAfterHuman({ sentAt, inboundTimes, pauseMinutes });
    if (until === null || until <= now()) return { chatId, chat: null, until: 0 };
    const chat = await pauseChat(table, { ...place, chatId, phone, bsuid, now: now() }, until);
    return chat && { chatId, chat, until };
  });
  if (yielded.waitMs !== undefined) return { waitMs: yielded.waitMs };
  const { chatId, chat, until } = yielded;
  if (chat) {
    count('chat-paused');
    log.info('chat-paused', { chat_id: chatId, event_id: eventId });
    await postEvent(deps, channel, (attempt, at) => ({
      ...eventEnvelope({ channel, chat, eventId, now: at }),
      event: { id: eventId, type: 'handover', at: new Date(receivedAt).toISOString(), attempt },
      context: channelVariables({ chat, message: null, fileUrl: null }),
      handover: { by: 'human', until: new Date(until).toISOString() },
    }));
  }
  await endTurn(table, place, { chatId, outcome: { kind: 'told' }, now: now() });
  return 'done';
}
