// Whether the words of people and their numbers are shown: where the console looks at a deployed stack they
// are hidden, and each page shows them only when asked.
import { computed, effect, signal } from '@preact/signals';
import { path } from '../shell/router.ts';

/** Whether this console hides at all. */
export const hides = signal(false);
const isAskedFor = signal(false);

/** The page that is open hides the words of people, and their numbers. */
export const isHidden = computed(() => hides.value && !isAskedFor.value);

export const showOrHide = (): void => {
  isAskedFor.value = !isAskedFor.value;
};

/** From now on each page hides until asked. */
export function hideByDefault(): void {
  hides.value = true;
  effect(() => {
    path.value; // another page hides again
    isAskedFor.value = false;
  });
}
