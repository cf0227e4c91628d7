/** Why a reply was refused before anything left (docs/contract.md#codes). */
export type RefusalCode =
  | 'window-closed'
  | 'never-wrote'
  | 'chat-paused'
  | 'channel-inactive'
  | 'reply-invalid'
  | 'reply-unsupported'
  | 'too-many-replies'
  | 'too-long'
  | 'duplicate-id'
  | 'park-full'
  | 'fallback-template-failed'
  | 'opted-out';

/** What had to bend for a reply to go (docs/contract.md#codes). */
export type DegradeCode =
  | 'label-cut'
  | 'labels-too-long'
  | 'media-as-link'
  | 'media-as-document'
  | 'caption-moved'
  | 'parameter-whitespace'
  | 'text-split';

/**
 * Whether bending lost something the agent meant. Then it is told (`degraded`); else the note in
 * `GET replies` is enough.
 */
export const LOSES: Record<DegradeCode, boolean> = {
  'label-cut': true,
  'labels-too-long': true,
  'media-as-link': true,
  'media-as-document': true,
  'caption-moved': false,
  'parameter-whitespace': true,
  'text-split': false,
};

/**
 * What happens after the provider said no, whether in its answer or in a later status
 * (docs/360dialog.md#error-codes).
 */
export type AfterRefusal =
  /** Wait and try again, for as long as the reply may wait. */
  | 'retry'
  /** The same, but a few times only: it may never work. */
  | 'retry-few'
  /** This message will never go. */
  | 'final'
  /** Nothing of this channel will go until somebody does something: mark it and wait. */
  | 'account'
  /** The 24 hours are over: the policy for a closed window decides. */
  | 'window'
  /** The file is the trouble: send the part's fallback. */
  | 'media'
  /** A business-scoped user id cannot receive this; a phone number could. */
  | 'phone-needed'
  /** Whether it was carried out is not known. */
  | 'unknown';

/** Why a part that was tried did not arrive. */
export type DeliveryFailureCode = `provider-${number}` | 'outcome-unknown' | 'channel-blocked';

/** What the agent is told a delivery became: docs/contract.md#us-to-the-agent `delivery.status`. */
export type DeliveryStatus =
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'played'
  | 'failed'
  | 'refused'
  | 'degraded'
  | 'parked'
  | 'released'
  | 'expired';

/**
 * Where a part is. `sending`: the request may have left; `waiting`: it certainly did not, and will
 * be tried at a later time; `parked`: it did not, and will be once the visitor has written.
 */
export type PartStatus =
  | 'sending'
  | 'waiting'
  | 'parked'
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'played'
  | 'failed'
  | 'refused'
  | 'expired';

/** One message of WhatsApp's that a reply became. Times are epoch milliseconds. */
export interface Part {
  status: PartStatus;
  /** How far the part has come, for conditions in the table: `rankOf(status)`. */
  rank: number;
  message_id: string | null;
  code: string | null;
  reason: string | null;
  /** When the status was reached: the provider's time where it names one. */
  at: number;
  /** Requests begun. Waiting is never an attempt. */
  attempts: number;
  /** Of those, earlier ones whose outcome nobody knows. */
  unknowns?: number;
  /** Which run of the sender wrote this: it recognises its own write when the answer to it was lost. */
  by?: string;
  /** While `waiting`: when it may be tried again. */
  retry_at?: number;
  /** Times it failed after it was accepted and was sent once more. Statuses of earlier times no longer count. */
  round?: 1 | 2;
  /** It failed, and its next time has not begun yet. */
  goes_again?: true;
  /** WhatsApp said "closed" (131047) right after the visitor had written: tried once more for that. */
  window_doubted?: true;
  /** WhatsApp said "closed" and we took its word: the policy decided. A second time is final. */
  window_refuted?: true;
  /** When it left the park: a reply that only waits is given up so long after that. */
  released_at?: number;
  /** Another message can go instead, should the provider have trouble with the file. */
  has_fallback?: true;
  /** Set when the part's way out went instead: a link as text for a file. */
  as?: 'fallback';
  /** What bent for the message that went. */
  notes?: DegradeCode[];
  pricing?: Record<string, unknown>;
}

/** A notification, as the one who asked for it knows it: docs/contract.md#agent-to-us. */
export interface NotificationName {
  id: string;
  request_id?: string | undefined;
}

/** What became of a reply: the ledger `GET replies` shows and a retry resumes from. */
export interface Delivery {
  channel_id: string;
  reply_id: string;
  /** The agent's own id for it. */
  id: string | null;
  event_id: string | null;
  /** The `TURN` that holds what was written, and the place in it. */
  turn_id: string;
  index: number;
  chat_id: string;
  accepted_at: number;
  /** An answer of the agent's; false when somebody asked for it through an endpoint. */
  automatic: boolean;
  /** It is what a notification sends: its end is that notification's result. */
  notification?: NotificationName;
  /** Outside the window it is parked, without a fallback template: it answers a notification. */
  park_if_closed?: true;
  /** It is the channel's fallback template, which went for this reply. */
  fallback_for?: string;
  /** The other way round: the template that went for it. */
  fallback_reply_id?: string;
  /** An endpoint has accepted it, and the sender has not looked at it yet: it has no parts. */
  queued?: true;
  /** By position; a part that is not there was not begun. */
  parts: Record<string, Part>;
  part_count: number;
  /** What bent, was left out or went instead, for people: codes of docs/contract.md#codes, `template-sent`. */
  notes: string[];
  /** What the agent has heard already: `toldWord` of it. */
  told?: Set<string>;
}

/** Something the agent may want to know about a delivery: docs/contract.md#us-to-the-agent `delivery`. */
export interface DeliveryNews {
  reply_id: string;
  id?: string | undefined;
  event_id?: string | undefined;
  message_id?: string | undefined;
  part: number;
  parts: number;
  status: DeliveryStatus;
  code?: string | undefined;
  reason?: string | undefined;
  /** `template-sent`: the channel's fallback template went in its place. */
  note?: string | undefined;
  at: string;
}
