import { say } from '../words/translate.ts';
import { isHidden } from './mask-state.ts';

/** What a person or an agent wrote: while hidden only its length is there. */
export const SaidWords = ({ text }: { text: string }) =>
  isHidden.value ? (
    <span class="masked">{say('mask.words', { n: [...text].length })}</span>
  ) : (
    <span class="said">{text}</span>
  );
