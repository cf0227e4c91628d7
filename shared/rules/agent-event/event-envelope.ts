import type { AgentEvent, EventEnvelope, EventHead } from '../../contract/agent-event.ts';
import type { Channel } from '../../contract/channel.ts';
import type { Chat } from '../../contract/chat.ts';
import { isWindowOpen, windowClosesAt } from '../window/window.ts';
import { channelVariables, type VariableSources } from './channel-variables.ts';

type EventType = Exclude<AgentEvent['event']['type'], 'ready'>;

interface Happening<Type extends EventType> {
  channel: Pick<Channel, 'id' | 'title' | 'options'>;
  chat: Chat;
  type: Type;
  eventId: string;
  /** Where it is not the first of its story: the event or request with which that began. */
  traceId?: string;
  /** When it happened, epoch milliseconds. */
  at: number;
  /** The message it is about, and our address of its file; left out where there is none. */
  about?: Omit<VariableSources, 'chat'>;
}

/** Which try to post the event this is, and when it begins, epoch milliseconds. */
export interface Posting {
  attempt: number;
  now: number;
}

/**
 * All of an event but what its type adds: where it happens, its head and the original platform's
 * variables (docs/contract.md#event-types). Every event but `ready` begins with it.
 */
export function eventEnvelope<Type extends EventType>(
  { channel, chat, type, eventId, traceId = eventId, at, about }: Happening<Type>,
  { attempt, now }: Posting,
): EventEnvelope & { event: EventHead<Type> } {
  const closesAt = windowClosesAt(chat);
  return {
    version: 1,
    channel: { id: channel.id, title: channel.title, connector: 'dialog360' },
    chat: {
      id: chat.id,
      is_new: chat.first_event_id === eventId,
      dialog: dialogOf(chat, channel.options.dialog_idle_minutes, now),
      window: {
        open: isWindowOpen(chat, now),
        until: closesAt === null ? null : new Date(closesAt).toISOString(),
      },
      paused_until:
        chat.paused_until !== null && chat.paused_until > now
          ? new Date(chat.paused_until).toISOString()
          : null,
      ...(chat.control?.holder === 'meta' && { held_by: 'meta' }),
      ...(chat.missed > 0 && { missed: chat.missed }),
    },
    event: { id: eventId, type, at: new Date(at).toISOString(), attempt, trace_id: traceId },
    context: channelVariables({ chat, message: null, fileUrl: null, ...about }),
  };
}

/**
 * A dialog closes by itself once the visitor has neither written nor called for the channel's time. It is
 * computed whenever it is read, so no timer is needed.
 */
export function dialogOf(
  chat: Pick<Chat, 'dialog' | 'dialog_at'>,
  idleMinutes: number,
  now: number,
): 'open' | 'closed' {
  const idle = idleMinutes > 0 && now - chat.dialog_at >= idleMinutes * 60_000;
  return idle ? 'closed' : chat.dialog;
}
