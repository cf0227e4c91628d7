import type { Chat } from '../../contract/chat.ts';
import type { WrittenRow } from './turns-of-chat.ts';

/** A chat's row as it lies there: what nobody has said yet is missing. */
export type StoredChat = Partial<Chat> &
  Pick<Chat, 'channel_id' | 'id' | 'channel_chat_id' | 'created_at'> &
  WrittenRow & {
    /** The aliases that lead here: `phone:…`, `bsuid:…`. */
    names?: Set<string>;
    /** Set when the chat was erased; then nearly nothing else is. */
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
  dialog: 'closed',
  dialog_at: chat.created_at,
  paused_until: null,
  missed: 0,
  refuted_inbound_at: null,
  parked: [],
  fallback: null,
  stop_word: null,
  marketing: null,
  pace_at: null,
  menu: null,
  media_wait: null,
  ...chat,
});
