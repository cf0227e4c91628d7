import { isWord, say } from '../words/translate.ts';

/** What a code of a dead letter means; a code that the page does not know in the words that came with it. */
export function givenUpWords(code: string, otherwise: string): string {
  const word = `given-up.${code}`;
  return isWord(word) ? say(word) : otherwise;
}

/** What to do about it, likewise. */
export function toDoWords(code: string, otherwise: string): string {
  const word = `to-do.${code}`;
  return isWord(word) ? say(word) : otherwise;
}

/** What the job was. */
export function aboutWords(about: string | null): string {
  const word = `letter.about.${about ?? 'unread'}`;
  return isWord(word) ? say(word) : say('letter.about.other', { about: about ?? '?' });
}
