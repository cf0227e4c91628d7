import type { ChatLine } from './chat-line.ts';

/** How long WhatsApp shows that the business types (docs/360dialog.md#read-receipts-and-typing). */
const TYPING_MS = 25_000;

interface Chat {
  name: string | null;
  lines: ChatLine[];
  typingSince: number | null;
}

/** The chats of one number, by the visitor's phone number or, without one, BSUID. */
export class Chats {
  readonly #chats = new Map<string, Chat>();

  /** The visitors, the one of the newest line first. */
  people(): { person: string; name: string | null; last: ChatLine | null }[] {
    return [...this.#chats]
      .map(([person, { name, lines }]) => ({ person, name, last: lines.at(-1) ?? null }))
      .toSorted((a, b) => (b.last?.at ?? '').localeCompare(a.last?.at ?? ''));
  }

  lines(person: string): readonly ChatLine[] {
    return this.#chats.get(person)?.lines ?? [];
  }

  nameOf(person: string): string | null {
    return this.#chats.get(person)?.name ?? null;
  }

  /** Adds a line. What the business says ends its typing. */
  write(person: string, line: ChatLine, name: string | null = null): void {
    const chat = this.#open(person);
    chat.lines = [...chat.lines, line];
    chat.name = name ?? chat.name;
    if (line.from === 'business') chat.typingSince = null;
  }

  /** Puts a reaction on a message, in the place of the side's last one; with no emoji it takes it away. */
  react(person: string, to: string, from: ChatLine['from'], emoji: string): void {
    const line = this.lines(person).find(({ message_id }) => message_id === to);
    if (!line) return;
    const others = line.reactions.filter((reaction) => reaction.from !== from);
    line.reactions = emoji === '' ? others : [...others, { from, emoji }];
  }

  /** Marks what a visitor wrote as read. Returns the visitor; null: there is no such message. */
  markRead(messageId: string, { typing, at }: { typing: boolean; at: number }): string | null {
    for (const [person, chat] of this.#chats) {
      const line = chat.lines.find(({ message_id }) => message_id === messageId);
      if (line?.from !== 'user') continue;
      if (line.statuses.length === 0) {
        line.history.push({ status: 'read', at: new Date(at).toISOString() });
      }
      line.statuses = ['read'];
      if (typing) chat.typingSince = at;
      return person;
    }
    return null;
  }

  /** Since when the visitor sees the business type (ISO 8601); null: it does not, or not any more. */
  typingAt(person: string, now: number): string | null {
    const since = this.#chats.get(person)?.typingSince ?? null;
    return since === null || now - since > TYPING_MS ? null : new Date(since).toISOString();
  }

  #open(person: string): Chat {
    const known = this.#chats.get(person);
    if (known) return known;
    const chat: Chat = { name: null, lines: [], typingSince: null };
    this.#chats.set(person, chat);
    return chat;
  }
}
