// Meta's own agent may have a conversation on our number. Then it answers, and ours is silent: a message
// of ours would take the conversation away from it (docs/360dialog.md#metas-own-agent).
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { InboundJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { eventEnvelope } from '../../shared/rules/agent-event/event-envelope.ts';
import { handoverEventId, messageEventId } from '../../shared/rules/agent-event/event-id.ts';
import {
  type ControlWord,
  controlAfter,
  timeOfHandover,
} from '../../shared/rules/chat/thread-control.ts';
import { inboundTime } from '../../shared/rules/window/window.ts';
import { findAlias } from '../../shared/store/chat/aliases.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { aliasesOf } from '../../shared/store/chat/find-or-make-chat.ts';
import { noteControl } from '../../shared/store/chat/thread-control.ts';
import type { JobEnd } from '../chain/queue.ts';
import { type Telling, tellOnce } from '../chain/tell-once.ts';
import type { WorkerDeps } from './deps.ts';

type ChangeJob = InboundJob & { item: Extract<InboundJob['item'], { kind: 'control-change' }> };

/** PROTOCOLS 25: a handover is noted in the visitor's chat, and the agent is told of the change. */
export function followControl(
  deps: WorkerDeps,
  channel: Channel,
  { item: { change }, received_at: receivedAt }: ChangeJob,
): Promise<JobEnd> {
  const eventId = handoverEventId(channel.id, change.id);
  return tellOnce(deps, channel, eventId, async () => {
    const chat = await chatOf(deps, channel.id, change.visitor);
    if (!chat) {
      log.info('control-change-of-stranger');
      return { chatId: null, eventFor: null };
    }
    const at = inboundTime(change.at === null ? null : timeOfHandover(change.at), receivedAt);
    const word: ControlWord = { by: 'handover', holder: change.holder, at, event_id: eventId };
    const changed = await settleControl(deps, chat, word);
    return changed.control?.event_id === eventId
      ? handoverEvent(channel, changed, receivedAt)
      : { chatId: chat.id, eventFor: null };
  });
}

/** A visitor of whom there is no chat yet has one with the first message, whose field says the same. */
async function chatOf(
  { table }: WorkerDeps,
  channelId: string,
  visitor: ChangeJob['item']['change']['visitor'],
): Promise<Chat | null> {
  for (const alias of aliasesOf(channelId, visitor)) {
    const chatId = await findAlias(table, alias);
    const chat = chatId && (await findChat(table, channelId, chatId, { consistent: true }));
    if (chat) return chat;
  }
  return null;
}

/** PROTOCOLS 25.1 and 25.2: the chat as it is when this word has been judged by what is noted of newer ones. */
export async function settleControl(
  { table }: Pick<WorkerDeps, 'table'>,
  chat: Chat,
  word: ControlWord,
): Promise<Chat> {
  for (let known = chat; ; ) {
    const next = controlAfter(known, word);
    if (!next) return known;
    const noted = await noteControl(table, known, next);
    if (noted) {
      if (next.event_id === word.event_id) countChange(noted, word);
      return noted;
    }
    const newest = await findChat(table, chat.channel_id, chat.id, { consistent: true });
    if (!newest) return known; // erased meanwhile
    known = newest;
  }
}

function countChange({ channel_id, id }: Chat, { holder }: ControlWord): void {
  const name = holder === 'meta' ? 'chat-held-by-meta' : 'chat-given-back';
  count(name);
  log.info(name, { channel_id, chat_id: id });
}

/**
 * PROTOCOLS 25.3: tells the agent that a visitor's message has come to Meta's agent, where this is the
 * message by which that began; else done.
 */
export async function tellHold(
  deps: WorkerDeps,
  channel: Channel,
  chat: Chat,
  { messageId, receivedAt }: { messageId: string; receivedAt: number },
): Promise<JobEnd> {
  const eventId = handoverEventId(channel.id, messageId);
  const { control } = chat;
  if (control?.holder !== 'meta' || control.event_id !== eventId) return 'done';
  return tellOnce(deps, channel, eventId, async () =>
    handoverEvent(channel, chat, receivedAt, messageEventId(channel.id, messageId)),
  );
}

function handoverEvent(
  channel: Channel,
  chat: Chat,
  receivedAt: number,
  traceId?: string,
): Telling {
  const { control } = chat;
  if (!control) return { chatId: chat.id, eventFor: null };
  const { holder, event_id: eventId } = control;
  const at = Math.floor(control.at / 1000) * 1000; // WhatsApp's times are whole seconds
  const happened = {
    channel,
    chat,
    type: 'handover' as const,
    eventId,
    ...(traceId !== undefined && { traceId }),
    at: receivedAt,
  };
  return {
    chatId: chat.id,
    eventFor: (posting) => ({
      ...eventEnvelope(happened, posting),
      handover: { by: 'meta', ...(holder === 'us' && { until: new Date(at).toISOString() }) },
    }),
  };
}
