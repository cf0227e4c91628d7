import type { Menu } from './menu.ts';

/** A Button Menu that was accepted last: what the visitor's next words may answer. */
export interface ShownMenu extends Menu {
  reply_id: string;
  event_id: string | null;
  accepted_at: number;
  /** Something that is not part of the same answer went out since: a bare number no longer counts. */
  overtaken: boolean;
}

/** A reply that waits for the window to open. Its words stand in its `TURN`, all else in its ledger. */
export interface ParkedReply {
  reply_id: string;
  /** When it was accepted, and its place in the answer: the order in which they go. */
  accepted_at: number;
  index: number;
  /** When it has waited long enough and is `expired`. */
  until: number;
}

/** The template that went last because a message could not: what asks the visitor to write. */
export interface SentFallback {
  reply_id: string;
  /** The answer, or request, it went for: one answer brings one template. */
  turn_id: string;
  /** The chat's `last_inbound_at` then: while that stands, the visitor has not answered. */
  inbound_at: number | null;
}

/** A file is on its way: what follows it waits for its first status, or it would overtake. */
export interface MediaWait {
  reply_id: string;
  part: number;
  until: number;
}

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
  /** The one before that: an echo may be read later than the message after it. */
  inbound_before: number | null;
  dialog: 'open' | 'closed';
  /** When somebody last said something in the dialog; an idle one is closed, computed on read. */
  dialog_at: number;
  paused_until: number | null;
  /** Messages that came while paused and were not given to the agent. */
  missed: number;
  /**
   * The `last_inbound_at` of which WhatsApp itself said that the window it opened is closed (131047).
   * Anything newer opens it again.
   */
  refuted_inbound_at: number | null;
  /** Replies that wait for the window to open, in the order in which they will go: at most 20. */
  parked: ParkedReply[];
  fallback: SentFallback | null;
  /** Which of the channel's `stop_words` and `start_words` they said last, and when. */
  stop_word: { value: 'stop' | 'start'; at: number } | null;
  /** What they last told WhatsApp about marketing messages (`user_preferences`), and when. */
  marketing: { value: 'stop' | 'resume'; at: number } | null;
  /** When a message to this visitor would be due if they went out evenly: `takeSlot` reads it. */
  pace_at: number | null;
  menu: ShownMenu | null;
  media_wait: MediaWait | null;
}
