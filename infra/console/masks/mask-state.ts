// Whether the words of people and their numbers are shown. What a deployed stack has is hidden, and each
// page shows it only when asked.
import { computed, effect, signal } from '@preact/signals';
import { place } from '../shell/place.ts';
import { path } from '../shell/router.ts';

const isAskedFor = signal(false);

/** Whether this console hides at all. */
export const hides = computed(() => place.value.kind === 'stack');

/** The page that is open hides the words of people, and their numbers. */
export const isHidden = computed(() => hides.value && !isAskedFor.value);

export const showOrHide = (): void => {
  isAskedFor.value = !isAskedFor.value;
};

effect(() => {
  path.value; // another page hides again
  isAskedFor.value = false;
});
