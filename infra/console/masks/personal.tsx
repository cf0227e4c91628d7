import { say } from '../words/translate.ts';
import { isHidden } from './mask-state.ts';

/** Enough to tell two people apart, too little to know one. */
const LAST = 2;

/** A name, number or id of a person: while hidden only its end is there. */
export function Personal({ text }: { text: string }) {
  if (!isHidden.value) return <>{text}</>;
  return (
    <span class="masked">
      <span aria-hidden="true">••••</span>
      <span class="unseen">{say('mask.hidden')} </span>
      {[...text].slice(-LAST).join('')}
    </span>
  );
}

/** The same as text, where no element can stand. */
export const personalText = (text: string): string =>
  isHidden.value ? `••••${[...text].slice(-LAST).join('')}` : text;
