import type { ReplyIdentity } from './reply-identity.ts';

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

/** What had to be changed for a reply to go (docs/contract.md#codes). */
export type DegradeCode =
  | 'label-cut'
  | 'labels-too-long'
  | 'media-as-link'
  | 'media-as-document'
  | 'button-as-text'
  | 'caption-moved'
  | 'parameter-whitespace'
  | 'text-split';

/**
 * Whether the change lost something the agent meant. If so the agent is told (`degraded`); else the
 * note in `GET replies` is enough.
 */
export const LOSES: Record<DegradeCode, boolean> = {
  'label-cut': true,
  'labels-too-long': true,
  'media-as-link': true,
  'media-as-document': true,
  'button-as-text': true,
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
  /** No message of the channel will go until its operator acts: the sender blocks it and waits. */
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
export type DeliveryFailureCode =
  | `provider-${number}`
  | 'provider-unreachable'
  | 'outcome-unknown'
  | 'channel-blocked'
  | 'given-up';

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
  /** Of those, earlier ones whose outcome is unknown. */
  unknowns?: number;
  /** One was ended for the sake of other channels: that one, and only one, does not count as unknown. */
  ended?: true;
  /** Which invocation of the sender wrote this: it recognises its own write when the answer to it was lost. */
  by?: string;
  /** While `waiting`: when it may be tried again. */
  retry_at?: number;
  /** How often it was sent again after a late failure. Statuses of earlier rounds no longer count. */
  round?: 1 | 2;
  /** Its message id leads nowhere yet: `MESSAGE` could not be written, and is made up for (PROTOCOLS 4.4'). */
  unrecorded?: true;
  /** It failed, and its next round has not begun yet. */
  goes_again?: true;
  /** WhatsApp said "closed" (131047) right after the visitor had written: tried once more for that. */
  window_doubted?: true;
  /** WhatsApp said "closed" and we took its word: the policy decided. A second time is final. */
  window_refuted?: true;
  /** When it left the park, or was redriven: how long a reply may wait counts from here. */
  released_at?: number;
  /** It has a fallback that can go instead, should the provider have trouble with the file. */
  has_fallback?: true;
  /** Set when the part's fallback went instead: a link as text for a file. */
  as?: 'fallback';
  /** What had to be changed for the message that went. */
  notes?: DegradeCode[];
  /** Why its link went and not its file; null: the file went after all. */
  file_reason?: string | null;
  /** What WhatsApp says of the price, as JSON: it may hold numbers and depths that the table refuses. */
  pricing?: string;
}

/** What became of a reply: what `GET replies` shows, and where a sender that comes again goes on. */
export interface Delivery extends ReplyIdentity {
  /** The agent's own id for the reply. */
  id: string | null;
  /** The fallback template that went for this reply, as a delivery of its own. */
  fallback_reply_id?: string;
  /** An endpoint has accepted it, and the sender has not looked at it yet: it has no parts. */
  queued?: true;
  /** By position; a part that is not there was not begun. */
  parts: Record<string, Part>;
  part_count: number;
  /** What was changed, left out or went instead, for people: codes of docs/contract.md#codes, `template-sent`. */
  notes: string[];
  /** What the agent has heard already, each as its `toldWord`. */
  told?: Set<string>;
}
