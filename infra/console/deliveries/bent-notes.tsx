import { type DegradeCode, LOSES } from '../../../shared/contract/delivery.ts';
import { isWord, say } from '../words/translate.ts';

const isLoss = (note: string): boolean => Object.hasOwn(LOSES, note) && LOSES[note as DegradeCode];

/** What had to be changed for a reply to go. */
export function BentNotes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  const words = notes.map(bentWords);
  return (
    <p class="bent">
      {notes.some(isLoss) && <strong>{say('bent.degraded')}: </strong>}
      {words.join(', ')}
    </p>
  );
}

function bentWords(note: string): string {
  const word = `bent.${note}`;
  return isWord(word) ? say(word) : note;
}
