import { say, type Word } from '../words/translate.ts';

/** What stands where something is not there any more. */
export const GoneCard = ({ title, text }: { title: Word; text: Word }) => (
  <div class="card nothing">
    <h2>{say(title)}</h2>
    <p>{say(text)}</p>
  </div>
);
