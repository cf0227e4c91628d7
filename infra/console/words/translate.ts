import { language } from '../shell/preferences.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';
import type { Sentence } from './sentence.ts';

export type Word = keyof typeof en;

const WORDS: Record<'en' | 'ru', Record<Word, Sentence>> = { en, ru };

/** A sentence of the console in the chosen language. `n` chooses the plural form. */
export function say(word: Word, gaps: Record<string, string | number> = {}): string {
  const sentence = WORDS[language.value][word];
  const form = typeof sentence === 'string' ? sentence : inNumber(sentence, Number(gaps.n));
  return form.replace(/\{(\w{1,20})\}/g, (gap, name: string) => {
    const value = gaps[name];
    if (value === undefined) return gap;
    return typeof value === 'number' ? value.toLocaleString(language.value) : value;
  });
}

function inNumber(sentence: Exclude<Sentence, string>, n: number): string {
  return sentence[new Intl.PluralRules(language.value).select(n)] ?? sentence.other;
}

/** Whether there is a sentence of this name: for codes that come from outside. */
export const isWord = (name: string): name is Word => Object.hasOwn(en, name);

/** A sentence of the console by its name, or what an endpoint has said as it is. */
export const wordsOf = (said: string): string => (isWord(said) ? say(said) : said);
