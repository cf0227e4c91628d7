import type { Chat } from '../../contract/chat.ts';

/** A chat's row as the table holds it: what is not known yet is missing. */
export type StoredChat = Partial<Chat> &
  Pick<Chat, 'channel_id' | 'id' | 'channel_chat_id' | 'created_at'> & {
    /** The newest turns of the chat that may hold words. */
    turn_ids?: Set<string>;
    /** The id of the newest list of older turns (`TURNS`). */
    older_turns_id?: string;
    /** When the chat was erased; then nearly nothing else is set. */
    erased_at?: number;
  };

export const whole = (chat: StoredChat): Chat => ({
  phone: null,
  bsuid: null,
  wa_id: null,
  username: null,
  name: '',
  first_event_id: '',
  last_inbound_at: null,
  inbound_before: null,
  inbound_earlier: null,
  inbound_event: null,
  dialog: 'closed',
  dialog_at: chat.created_at,
  paused_until: null,
  control: null,
  turns_counted: 0,
  turns_since: null,
  missed: 0,
  refuted_inbound_at: null,
  parked: [],
  fallback: null,
  stop_word: null,
  marketing: null,
  pace_at: null,
  menu: null,
  media_wait: null,
  agent_session: null,
  ...chat,
});
