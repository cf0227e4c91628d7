import { effect, signal } from '@preact/signals';
import { path } from '../shell/router.ts';

/** The id of the chat that was erased just now; null once another page is open. */
export const erased = signal<string | null>(null);

let shownAt: string | null = null;

/** Says on the page with this address, and on no other, that a chat is erased. */
export function sayErased(chatId: string, onPage: string): void {
  shownAt = onPage;
  erased.value = chatId;
}

effect(() => {
  if (path.value !== shownAt) erased.value = null;
});
