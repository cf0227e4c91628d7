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
  /** Of a message of the business: what its webhook was told. Of a user's: `read` when it was read. */
  statuses: string[];
}

/** A message the provider has taken. */
export interface SentMessage {
  key: string;
  messageId: string;
  request: SendRequest;
  line: ChatLine;
}

/** What the provider knows about one API key: one key is one number. */
export class Account {
  readonly key: string;
  webhook: WebhookRegistration | null = null;
  readonly sent = new Map<string, SentMessage>();
  readonly files = new MediaLibrary();
  readonly #lines = new Map<string, ChatLine[]>();

  constructor(key: string) {
    this.key = key;
  }

  /** Takes a message: it has an id from now on, and stands in its chat. */
  keep(request: SendRequest): SentMessage {
    const messageId =
      request.dialect === 'cloud'
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

  /** What was said with one person, by phone or, without one, by BSUID. */
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
