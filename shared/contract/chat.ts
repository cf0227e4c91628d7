/**
 * The permanent thread with one visitor of one channel, as the table keeps it. Times are epoch
 * milliseconds. `channel_chat_id` is frozen when the chat is created.
 */
export interface Chat {
  channel_id: string;
  /** 20 random bytes as hex; never changes. */
  id: string;
  /** `<phone>|dialog360`, or `<BSUID>|dialog360` for somebody never seen with a phone. */
  channel_chat_id: string;
  phone: string | null;
  bsuid: string | null;
  /** The same person's number as the provider writes it, where its answers differ from `phone`. */
  wa_id: string | null;
  username: string | null;
  /** The whole profile name, as last seen. */
  name: string;
  created_at: number;
  /** The event that created the chat: `chat.is_new` is true for it, on every attempt. */
  first_event_id: string;
  /** WhatsApp's time of the newest message that opens the window; null: they never wrote. */
  last_inbound_at: number | null;
  dialog: 'open' | 'closed';
  /** When somebody last said something in the dialog; an idle one is closed, computed on read. */
  dialog_at: number;
  paused_until: number | null;
  /** Messages that came while paused and were not given to the agent. */
  missed: number;
  /** How many replies wait for the window to open. */
  parked: number;
}
