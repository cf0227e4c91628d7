import type { labWordsEn } from './lab-words-en.ts';
import type { Sentence } from './sentence.ts';

/** The same in Russian. */
export const labWordsRu: Record<keyof typeof labWordsEn, Sentence> = {
  'time.title': 'Время',
  'time.ahead': 'Впереди на {span}',
  'time.now': 'Здесь {time}, {day}.',
  'time.hint': 'Пропустите время: сразу для всех чатов и только вперёд.',
  'time.pass': 'Пропустить {span}',
  'time.hours': 'Часы',
  'time.hours.pass': 'ч пропустить',
};
