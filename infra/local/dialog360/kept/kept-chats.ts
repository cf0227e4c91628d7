import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChatLine } from '../chat/chat-line.ts';
import type { Chats } from '../chat/chats.ts';

/** A line of the file: a line of a chat as it is now. What stands later in the file counts. */
interface Entry {
  /** The 360dialog API key of the number. */
  key: string;
  person: string;
  name: string | null;
  /** Where the runtime was: the double's files are named by that address. */
  public_url: string;
  line: ChatLine;
}

/** The file that keeps the chats over a restart. */
export class KeptChats {
  readonly #file: string;
  readonly #publicUrl: string;
  /** What the file holds of each line, by its message's id, so that only what has changed is written. */
  readonly #kept = new Map<string, string>();

  /** `publicUrl`: where the runtime is in this run. */
  constructor(file: string, publicUrl: string) {
    this.#file = file;
    this.#publicUrl = publicUrl;
  }

  /** Puts the chats of earlier runs back, and leaves each line once in the file. */
  restore(chatsOf: (key: string) => Chats): void {
    if (!existsSync(this.#file)) return;
    const newest = new Map<string, Entry>();
    for (const text of readFileSync(this.#file, 'utf8').split('\n')) {
      const entry = parsed(text);
      if (entry) newest.set(`${entry.key} ${entry.line.message_id}`, entry);
    }
    const entries = [...newest.values()].map((entry) => this.#atHome(entry));
    for (const { key, person, name, line } of entries) chatsOf(key).write(person, line, name);
    writeFileSync(this.#file, entries.map((entry) => this.#textOf(entry)).join(''), {
      mode: 0o600,
    });
  }

  /** Keeps what has changed in a chat. */
  keep(key: string, person: string, chats: Chats): void {
    const name = chats.nameOf(person);
    const changed = chats
      .lines(person)
      .map((line): Entry => ({ key, person, name, public_url: this.#publicUrl, line }))
      .filter((entry) => this.#kept.get(entry.line.message_id) !== JSON.stringify(entry));
    if (changed.length === 0) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    appendFileSync(this.#file, changed.map((entry) => this.#textOf(entry)).join(''), {
      mode: 0o600,
    });
  }

  #textOf(entry: Entry): string {
    const text = JSON.stringify(entry);
    this.#kept.set(entry.line.message_id, text);
    return `${text}\n`;
  }

  /** The files of an earlier run are where the double is now. */
  #atHome(entry: Entry): Entry {
    const move = <M extends { url: string }>(media: M): M =>
      media.url.startsWith(`${entry.public_url}/`)
        ? { ...media, url: this.#publicUrl + media.url.slice(entry.public_url.length) }
        : media;
    const { media, header } = entry.line;
    const line: ChatLine = {
      ...entry.line,
      ...(media && { media: move(media) }),
      ...(header?.media && { header: { ...header, media: move(header.media) } }),
    };
    return { ...entry, public_url: this.#publicUrl, line };
  }
}

/** Null: the runtime died while it wrote the line. */
function parsed(text: string): Entry | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
