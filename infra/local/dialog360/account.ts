import { randomBytes } from 'node:crypto';
import { MediaLibrary } from './media-library.ts';
import type { SendRequest } from './read-send.ts';
import type { WebhookRegistration } from './webhook.ts';

/** A line of a chat, as `GET /chats/{phone}` shows it. */
export interface ChatLine {
  from: 'user' | 'business';
  message_id: string;
  type: string;
  text: string;
  /** ISO 8601. */
  at: string;
  /**
   * Of a message of the business: the statuses the webhook got. Of a visitor's: `read` once it was
   * read.
   */
  statuses: string[];
}

/** A message the provider has taken. */
export interface TakenMessage {
  key: string;
  messageId: string;
  request: SendRequest;
  line: ChatLine;
}

/** What the provider has for one API key. One key is one number. */
export class DoubleAccount {
  readonly key: string;
  webhook: WebhookRegistration | null = null;
  readonly sent = new Map<string, TakenMessage>();
  readonly files = new MediaLibrary();
  readonly #lines = new Map<string, ChatLine[]>();

  constructor(key: string) {
    this.key = key;
  }

  /** Takes a message: gives it an id and adds it to its chat. */
  keep(request: SendRequest): TakenMessage {
    const messageId =
      request.payload === 'v2'
        ? `wamid.${randomBytes(36).toString('base64')}`
        : `gBGG${randomBytes(10).toString('hex')}`;
    const line: ChatLine = {
      from: 'business',
      message_id: messageId,
      type: request.type,
      text: request.text,
      at: new Date().toISOString(),
      statuses: ['accepted'],
    };
    const message = { key: this.key, messageId, request, line };
    this.sent.set(messageId, message);
    this.write(request.phone ?? request.bsuid ?? '', line);
    return message;
  }

  /** The chat with one visitor, by phone number or, without one, by BSUID. */
  chat(person: string): readonly ChatLine[] {
    return this.#lines.get(person) ?? [];
  }

  write(person: string, line: ChatLine): void {
    this.#lines.set(person, [...this.chat(person), line]);
  }

  markRead(messageId: string): void {
    for (const line of [...this.#lines.values()].flat()) {
      if (line.message_id === messageId && line.from === 'user') line.statuses = ['read'];
    }
  }
}
