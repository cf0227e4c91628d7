/** What the double says when a chat changed. */
export interface ChatChange {
  /** The 360dialog API key of the number. */
  token: string;
  /** The visitor: a phone number or BSUID. */
  person: string;
}
