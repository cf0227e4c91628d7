import { signal } from '@preact/signals';
import type { Done } from './do-with-letters.ts';

/** What was done with letters last, for the list to say; null: nothing, or another page was opened since. */
export const news = signal<Done | null>(null);
