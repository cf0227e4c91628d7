import type { AskingEvent } from '../../contract/agent-event.ts';
import type { Channel } from '../../contract/channel.ts';

interface TestQuestion {
  channel: Pick<Channel, 'id' | 'title' | 'options'>;
  text: string;
  eventId: string;
  /** Of no chat that there is: 40 hex digits, as every chat's. */
  chatId: string;
  /** Epoch milliseconds. */
  now: number;
}

/** WhatsApp's window, as after any message. */
const WINDOW_MS = 24 * 60 * 60 * 1000;

/** An operator's question as the first message of a visitor who has neither number nor name (docs/contract.md#a-test-turn). */
export function testTurn({ channel, text, eventId, chatId, now }: TestQuestion): AskingEvent {
  const at = new Date(now).toISOString();
  const until = new Date(now + WINDOW_MS).toISOString();
  const head = { id: eventId, type: 'message', at, attempt: 1, trace_id: eventId } as const;
  return {
    version: 1,
    event: { ...head, is_test: true },
    channel: { id: channel.id, title: channel.title, connector: 'dialog360' },
    chat: {
      id: chatId,
      is_new: true,
      dialog: 'open',
      window: { open: true, until },
      paused_until: null,
    },
    context: {
      channel_chat_id: `${chatId}|dialog360`,
      channel_conversation_id: chatId,
      channel_visitor_id: chatId,
      channel_visitor_firstname: '',
      channel_visitor_lastname: '',
      channel_visitor_phone: '',
      channel_visitor_email: '',
      channel_visitor_account: chatId,
      channel_visitor_auth: '',
      channel_visitor_source: '',
      channel_message_id: eventId,
      client_message: text,
    },
    message: {
      id: eventId,
      kind: 'text',
      text,
      sent_at: at,
      received_at: at,
      identity: { phone: null, bsuid: null, username: null },
    },
    ...(channel.options.history_turns > 0 && { history: [] }),
  };
}
