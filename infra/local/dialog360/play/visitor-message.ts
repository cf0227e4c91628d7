import type { DoubleAccount } from '../account.ts';
import type { ChatLine } from '../chat/chat-line.ts';
import { businessPhone, type PlayedMessage } from '../webhook-bodies.ts';

/** What a visitor does, in each of the forms in which it is seen. */
export interface VisitorMessage {
  /** For the webhook. */
  content: PlayedMessage['content'];
  /** For the phone; null: it changes another line instead. */
  line: (Partial<ChatLine> & { type: string; text: string }) | null;
  /** For people, after the visitor's name: "wrote …". */
  words: string;
  /** Changes the line it is about. */
  change?: () => void;
}

/** Whose chat it is, and when. */
export interface Scene {
  account: DoubleAccount;
  person: string;
  sentAt: number;
}

/** Adds the message that is answered. */
export function quoting(message: VisitorMessage, id: string, key: string): VisitorMessage {
  const { content, line, words } = message;
  return {
    ...message,
    content: { context: { from: businessPhone(key), id }, ...content },
    line: line && { ...line, quotes: id },
    words: `${words}, in answer to ${shortId(id)}`,
  };
}

export const shortId = (id: string): string => `${id.slice(0, 16)}…`;
