/** A line of a chat, as `GET /chats/{phone}` shows it: all that a phone would show of a message. */
export interface ChatLine {
  from: 'user' | 'business';
  message_id: string;
  /** WhatsApp's: text, image, audio, voice, interactive, template … */
  type: string;
  /** What is read first: the text, the body of a menu or template, a caption, a name. */
  text: string;
  /** ISO 8601. */
  at: string;
  /**
   * Of a message of the business: the statuses the webhook got. Of a visitor's: `read` once it was
   * read.
   */
  statuses: string[];
  /** The same statuses, each with its time, and a failure with its reason. */
  history: StatusStep[];
  media?: ChatMedia;
  caption?: string;
  location?: ChatPlace;
  contacts?: ChatContact[];
  /** Above the text of a menu or template. */
  header?: { text?: string; media?: ChatMedia };
  /** Below it. */
  footer?: string;
  buttons?: ChatButton[];
  list?: { button: string; sections: ChatSection[] };
  template?: { name: string; language: string };
  /** The message it answers. */
  quotes?: string;
  /** Of a line of type `reaction`: the message it is put on. */
  reacts_to?: string;
  /** The reactions put on this message: one of each side at most. */
  reactions: { from: 'user' | 'business'; emoji: string }[];
  edited_at?: string;
  revoked_at?: string;
}

export interface StatusStep {
  status: string;
  /** ISO 8601. */
  at: string;
  /** Of a failure: WhatsApp's code. */
  code?: number;
  /** Of a failure: its reason in words. */
  reason?: string;
}

export interface ChatMedia {
  /** Null for a file sent by link. */
  mime_type: string | null;
  name: string | null;
  size_bytes: number | null;
  /** Where its bytes are: at the double, or the link it was sent by. */
  url: string;
  /** Whether it is a voice note. */
  voice?: boolean;
}

export interface ChatContact {
  name: string;
  phones: string[];
  emails: string[];
  organization?: string;
}

/**
 * Under a message: `reply` of a menu and `quick-reply` of a template can be tapped, and so can the
 * rows of a list. `link` opens an address, `phone` calls, `copy-code` copies, `form` opens a flow;
 * the last two ask the visitor for a place or a phone number.
 */
export interface ChatButton {
  kind:
    | 'reply'
    | 'quick-reply'
    | 'link'
    | 'phone'
    | 'copy-code'
    | 'form'
    | 'send-location'
    | 'share-contact';
  label: string;
  /** What a tap sends. */
  id?: string;
  url?: string;
  phone?: string;
  code?: string;
}

export interface ChatSection {
  title?: string;
  rows: { id: string; title: string; description?: string }[];
}

export interface ChatPlace {
  latitude: number;
  longitude: number;
  name?: string | undefined;
  address?: string | undefined;
}
