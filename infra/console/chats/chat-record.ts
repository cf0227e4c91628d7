import type { ChatRecord, LetterRecord, TurnRecord } from '../../../shared/contract/chat-record.ts';

/** What the page knows of a chat: the pages of its record that were read, as one. */
export interface KnownChat {
  chat: ChatRecord['chat'];
  names: string[];
  /** The newest first. */
  turns: TurnRecord[];
  said: ChatRecord['history'];
  letters: LetterRecord[];
  /** Nothing older was asked for yet. */
  isFirstPage: boolean;
  /** Where the next page begins; null: this is all. */
  next: string | null;
  /** When it was read, epoch milliseconds. */
  readAt: number;
}

/** Adds a page of a chat's record to those before it; null: it is the first. */
export function joinPages(before: KnownChat | null, page: ChatRecord, now = Date.now()): KnownChat {
  const turns = [...(before?.turns ?? []), ...page.turns];
  return {
    chat: page.chat,
    names: page.names,
    turns: turns.toSorted((a, b) => b.begun_at.localeCompare(a.begun_at)),
    said: [...(before?.said ?? []), ...page.history],
    letters: [...(before?.letters ?? []), ...page.dead_letters],
    isFirstPage: before === null,
    next: page.next,
    readAt: now,
  };
}
