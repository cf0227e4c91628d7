import type { Menu } from './menu.ts';

/** The Button Menu that the provider accepted last: the visitor's next message may answer it. */
export interface ShownMenu extends Menu {
  reply_id: string;
  event_id: string | null;
  accepted_at: number;
  /** Something that is not part of the same answer went out since: a bare number no longer counts. */
  overtaken: boolean;
  /**
   * Set where the options would make the chat's row large: then `options` is empty, and they stand in
   * this turn, in the reply at this place.
   */
  kept_in?: { turn_id: string; index: number; redriven?: number };
}

/** A reply that waits for the window to open. Its words stand in its `TURN`, all else in its delivery. */
export interface ParkedReply {
  reply_id: string;
  /** When it was accepted, and its place in the answer: the order in which they go. */
  accepted_at: number;
  index: number;
  /** When it has waited long enough and is `expired`. */
  until: number;
}

/** The fallback template that went last, for a message that could not: it asks the visitor to write. */
export interface SentFallback {
  reply_id: string;
  /** The answer, or request, it went for: one answer brings one template. */
  turn_id: string;
  /** The chat's `last_inbound_at` then: while that stands, the visitor has not answered. */
  inbound_at: number | null;
}

/** A file is on its way. What follows waits for the file's first status, or it would arrive first. */
export interface MediaWait {
  reply_id: string;
  part: number;
  until: number;
}

/** Who has the conversation, as WhatsApp last said it of this visitor. */
export interface ThreadControl {
  /** `meta`: its own agent, or another app that WhatsApp has given the conversation. */
  holder: 'us' | 'meta';
  /** The time of the newest word about it. */
  at: number;
  /** The `handover` event of the word that made the holder what it is. */
  event_id: string;
}

/** What a kind of agent keeps between the turns of a chat, in its own words: which conversation it is there. */
export interface AgentSession {
  /** Which agent it was kept for: to another one it means nothing. */
  of: string;
  value: unknown;
}

/**
 * The permanent thread with one visitor of one channel, as the table keeps it. Times are epoch
 * milliseconds. `channel_chat_id` is frozen when the chat is created.
 */
export interface Chat {
  channel_id: string;
  /** 20 random bytes as hex; never changes. */
  id: string;
  /** `<phone>|dialog360`, or `<BSUID>|dialog360` for a visitor never seen with a phone. */
  channel_chat_id: string;
  phone: string | null;
  bsuid: string | null;
  /** The visitor's number as the provider writes it, where its answers differ from `phone`. */
  wa_id: string | null;
  username: string | null;
  /** The whole profile name, as last seen. */
  name: string;
  created_at: number;
  /** The event that created the chat: `chat.is_new` is true for it, on every attempt. */
  first_event_id: string;
  /** WhatsApp's time of the newest message that opens the window; null: the visitor never wrote. */
  last_inbound_at: number | null;
  /** The one before that: a person's answer from the app may be read later than the message after it. */
  inbound_before: number | null;
  /** And the one before that: two messages within one second have the same time. */
  inbound_earlier: number | null;
  /** The event of the newest one: a repeat of it, as when its agent is asked again, is no newer one. */
  inbound_event: string | null;
  dialog: 'open' | 'closed';
  /** When the visitor's last message or call was recorded; whether the dialog is idle is computed on read. */
  dialog_at: number;
  paused_until: number | null;
  /** Null: WhatsApp has never said that Meta's own agent had the conversation. */
  control: ThreadControl | null;
  /** Messages the agent may have been asked about, counted since then: `turnLimit` judges them. */
  turns_counted: number;
  turns_since: number | null;
  /** The turns whose messages wait to be asked about together, and the one of the newest message. */
  burst?: Set<string>;
  burst_newest?: string | null;
  /** Messages that came while paused and were not given to the agent. */
  missed: number;
  /** The hold of the channel whose text this visitor has got: `ChannelHold.id`. */
  hold_told?: string;
  /**
   * The `last_inbound_at` of which WhatsApp itself said that the window it opened is closed (131047).
   * Anything newer opens it again.
   */
  refuted_inbound_at: number | null;
  /** Replies that wait for the window to open, in the order in which they will go: at most 20. */
  parked: ParkedReply[];
  fallback: SentFallback | null;
  /** Which of the channel's `stop_words` and `start_words` the visitor said last, and when. */
  stop_word: { value: 'stop' | 'start'; at: number } | null;
  /** What the visitor last told WhatsApp about marketing messages (`user_preferences`), and when. */
  marketing: { value: 'stop' | 'resume'; at: number } | null;
  /** When the next message would be due if all had gone out evenly: `keepPace` reads and moves it. */
  pace_at: number | null;
  menu: ShownMenu | null;
  media_wait: MediaWait | null;
  /** As JSON, and since when; null: the agent's kind keeps nothing, or nothing yet. */
  agent_session: { json: string; at: number } | null;
  /** The aliases that lead to this chat: `phone:…`, `bsuid:…`. */
  names?: Set<string>;
  /**
   * Epoch seconds, where the channel has the option `forget_after_days`: from then on the row counts as
   * absent, and DynamoDB removes it.
   */
  expires_at?: number | undefined;
  /** Epoch seconds: until when the aliases are kept, a little longer than the row. */
  names_until?: number | undefined;
}
