import { randomBytes } from 'node:crypto';
import type { ChatLine } from './chat/chat-line.ts';
import { Chats } from './chat/chats.ts';
import { lineOfSend } from './chat/line-of-send.ts';
import type { MediaLibrary } from './media-library.ts';
import type { SendRequest } from './read-send.ts';
import type { Template } from './templates/template.ts';
import type { WebhookRegistration } from './webhook.ts';

/** A message the provider has taken. */
export interface TakenMessage {
  key: string;
  messageId: string;
  request: SendRequest;
  line: ChatLine;
}

/** WhatsApp's ids hold the visitor's phone, so those of the double do, too. */
const phoneIn = ({ phone }: SendRequest): string => phone ?? '';

/** Whose chat a message is in: by phone number or, without one, by BSUID. */
export const personOf = ({ phone, bsuid }: Pick<SendRequest, 'phone' | 'bsuid'>): string =>
  phone ?? bsuid ?? '';

/** What the provider has for one API key. One key is one number. */
export class DoubleAccount {
  readonly key: string;
  webhook: WebhookRegistration | null = null;
  readonly sent = new Map<string, TakenMessage>();
  readonly files: MediaLibrary;
  readonly chats = new Chats();
  readonly #now: () => number;

  constructor(key: string, files: MediaLibrary, now: () => number) {
    this.#now = now;
    this.key = key;
    this.files = files;
  }

  /** Takes a message, whose template is known or not: gives it an id and adds it to its chat. */
  keep(request: SendRequest, template: Template | null): TakenMessage {
    const messageId =
      request.payload === 'v2'
        ? `wamid.${Buffer.concat([Buffer.from(phoneIn(request)), randomBytes(24)]).toString('base64')}`
        : `gBGG${randomBytes(10).toString('hex')}`;
    const line = lineOfSend(messageId, request, { files: this.files, template, at: this.#now() });
    const message = { key: this.key, messageId, request, line };
    this.sent.set(messageId, message);
    const person = personOf(request);
    this.chats.write(person, line);
    if (line.reacts_to) this.chats.react(person, line.reacts_to, 'business', line.text);
    return message;
  }

  /** The chat with one visitor, by phone number or, without one, by BSUID. */
  chat(person: string): readonly ChatLine[] {
    return this.chats.lines(person);
  }
}
