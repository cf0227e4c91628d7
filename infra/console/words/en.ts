import type { Sentence } from './sentence.ts';

/** The console's words in English. Each has its twin in `ru.ts`. */
export const en = {
  'app.name': 'dialog360-channel',
  'app.skip': 'Skip to content',
  'nav.label': 'Pages',
  'nav.phone': 'Phone',
  'nav.channels': 'Channels',
  'nav.chats': 'Chats',
  'nav.dead-letters': 'Dead letters',
  'language.label': 'Language',
  'theme.label': 'Theme',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.system': 'As the system',
  'phone.channels': { one: '{n} channel is ready', other: '{n} channels are ready' },
  'page.missing': 'There is no such page.',
  'page.missing.back': 'Back to the phone',
} satisfies Record<string, Sentence>;
