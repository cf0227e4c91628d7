import type { Channel } from '../../contract/channel.ts';
import type { Chat } from '../../contract/chat.ts';
import type { ChatView } from '../../contract/chat-view.ts';
import { dialogOf } from '../agent-event/event-envelope.ts';
import { optedOut } from '../opt-out/opted-out.ts';
import { isWindowOpen, windowClosesAt } from '../window/window.ts';

/**
 * A chat as the endpoints show it at `now` (docs/contract.md#chats). Window, dialog and pause
 * change with time alone, so they are computed.
 */
export function chatView(chat: Chat, { options }: Pick<Channel, 'options'>, now: number): ChatView {
  const { phone, bsuid, username, last_inbound_at: lastInboundAt, paused_until: until } = chat;
  return {
    chat_id: chat.id,
    channel_chat_id: chat.channel_chat_id,
    identity: { phone, bsuid, username },
    name: chat.name,
    created_at: iso(chat.created_at),
    last_inbound_at: isoOrNull(lastInboundAt),
    window: {
      open: isWindowOpen(chat, now),
      until: isoOrNull(windowClosesAt(chat)),
    },
    dialog: dialogOf(chat, options.dialog_idle_minutes, now),
    paused_until: isoOrNull(until !== null && until > now ? until : null),
    held_by: chat.control?.holder === 'meta' ? 'meta' : null,
    parked: chat.parked.length,
    opted_out: optedOut(chat),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
