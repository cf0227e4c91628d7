import type { en } from './en.ts';
import type { Sentence } from './sentence.ts';

/** The console's words in Russian. */
export const ru: Record<keyof typeof en, Sentence> = {
  'app.name': 'dialog360-channel',
  'app.skip': 'К содержанию',
  'nav.label': 'Страницы',
  'nav.phone': 'Телефон',
  'nav.channels': 'Каналы',
  'nav.chats': 'Чаты',
  'nav.dead-letters': 'Недоставленные задания',
  'language.label': 'Язык',
  'theme.label': 'Тема',
  'theme.light': 'Светлая',
  'theme.dark': 'Тёмная',
  'theme.system': 'Как в системе',
  'phone.channels': {
    one: 'Готов {n} канал',
    few: 'Готовы {n} канала',
    other: 'Готово {n} каналов',
  },
  'page.missing': 'Такой страницы нет.',
  'page.missing.back': 'Вернуться к телефону',
};
