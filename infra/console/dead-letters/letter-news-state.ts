import { effect, signal } from '@preact/signals';
import { path } from '../shell/router.ts';
import type { Done } from './do-with-letters.ts';
import { lettersPath } from './letter-path.ts';

/** What was done with letters last, for the list to say; null: nothing, or another page was opened after it. */
export const news = signal<Done | null>(null);

/**
 * How far all that a filter means are done with; null: nothing is being done. It goes on while another page is
 * open, or another filter chosen, so no second one is begun meanwhile.
 */
export const doing = signal<{ done: number; n: number } | null>(null);

const LIST = lettersPath({ channelId: null, code: null });

effect(() => {
  if (path.value !== LIST) news.value = null;
});
