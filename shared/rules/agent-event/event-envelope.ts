import type { EventEnvelope } from '../../contract/agent-event.ts';
import type { Channel } from '../../contract/channel.ts';
import type { Chat } from '../../contract/chat.ts';
import { isWindowOpen, windowClosesAt } from '../window/window.ts';

/** Where an event happens: the part of it that every event but `ready` shares (docs/contract.md#us-to-the-agent). */
export function eventEnvelope({
  channel,
  chat,
  eventId,
  now,
}: {
  channel: Pick<Channel, 'id' | 'title' | 'options'>;
  chat: Chat;
  eventId: string;
  now: number;
}): Omit<EventEnvelope, 'context'> {
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
      ...(chat.missed > 0 && { missed: chat.missed }),
    },
  };
}

/** A dialog without a word for `idleMinutes` counts as closed: computed on read, so it needs no timer. */
export function dialogOf(
  chat: Pick<Chat, 'dialog' | 'dialog_at'>,
  idleMinutes: number,
  now: number,
): 'open' | 'closed' {
  const idle = idleMinutes > 0 && now - chat.dialog_at >= idleMinutes * 60_000;
  return idle ? 'closed' : chat.dialog;
}
