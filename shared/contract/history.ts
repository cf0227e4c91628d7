/** Something that was said in a chat before an event: what a model must know to answer (docs/contract.md#history). */
export interface HistoryEntry {
  /** `agent`: a reply, a message or a notification that went; `human`: a person, from the WhatsApp Business app. */
  from: 'visitor' | 'agent' | 'human';
  /** ISO 8601. */
  at: string;
  /** What it says as one text; '' where it holds no words. */
  text: string;
  /** The kind of a message, or the type of a reply; of an attachment its kind. */
  kind: string;
  /** The event it began or answered, if there is one. */
  event_id?: string;
  /** WhatsApp's id of what the visitor or a person wrote. */
  message_id?: string;
  reply_id?: string;
}

/** The same as the table keeps it. Times are epoch milliseconds. */
export interface KeptEntry extends Omit<HistoryEntry, 'at'> {
  at: number;
  /** What was said in one turn has one: turns are counted by it. */
  turn_id: string;
}

/** The longest text that is kept of one entry, in UTF-16 units: a text message of WhatsApp's. */
export const LONGEST_SAID = 4096;
