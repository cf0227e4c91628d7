import { AGENT_FIELDS_RU } from './agent-fields-ru.ts';
import { OPTION_FIELDS_RU } from './option-fields-ru.ts';
import type { WordsOfField } from './words-of-field.ts';

/** The fields of a channel in Russian, by path. The English sentences are those of the OpenAPI document. */
export const FIELDS_RU: Record<string, WordsOfField> = {
  type: { label: 'Тип', note: 'Единственное значение: прямой мессенджер.' },
  connector: { label: 'Коннектор', note: 'Единственное значение: провайдер.' },
  title: {
    label: 'Заголовок',
    note: 'Как вы называете канал. У двух каналов заголовок может совпадать, различаются они по id.',
  },
  token: {
    label: 'Токен доступа',
    note: 'Ключ API 360dialog. Хранится как секрет: целиком не показывается, в журнал не попадает.',
  },
  hosting: {
    label: 'Размещение',
    note: 'Где размещён номер: `cloud` (waba-v2.360dialog.io), `sandbox` или `on-premise` (старый API, версия v1).',
  },
  base_url: {
    label: 'Адрес 360dialog',
    note: 'Другой адрес 360dialog, https; пусто — адрес размещения. http — только на этом же компьютере, в локальном запуске.',
  },
  ...AGENT_FIELDS_RU,
  ...OPTION_FIELDS_RU,
};
