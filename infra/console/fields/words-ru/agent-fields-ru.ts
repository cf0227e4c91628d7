import type { WordsOfField } from './words-of-field.ts';

export const AGENT_FIELDS_RU: Record<string, WordsOfField> = {
  'agent.kind': {
    label: 'Вид агента',
    note: 'Кто отвечает: `http` говорит по нашему контракту, у каждого другого вида свой протокол, и канал переводит его сам.',
  },
  'agent.url': {
    label: 'Адрес агента',
    note: 'Куда отправляется каждое событие: https; http — только на этом же компьютере, в локальном запуске.',
  },
  'agent.headers': {
    label: 'HTTP-заголовки',
    note: 'С ними отправляется каждое событие, всего до 2048 байт. Значения хранятся как секреты.',
  },
  'agent.api_key': {
    label: 'Ключ агента',
    note: 'Ключ, который требует агент. Отправляется так, как принято у его вида, хранится как секрет.',
  },
  'agent.timeout_ms': {
    label: 'Время на ответ',
    note: 'Сколько миллисекунд агент может отвечать.',
  },
  'agent.events': {
    label: 'События',
    note: 'Какие события отправлять сверх обычных: например, `message_update` или `delivery:read`. Всегда отправляются message, unsupported, incoming_request, notification, handover и delivery для failed, refused, degraded и expired.',
  },
  'agent.operator_marker': {
    label: 'Метка оператора',
    note: 'Текст в ответе, который означает перевод на оператора. Из сообщения он убирается.',
  },
  'agent.close_marker': {
    label: 'Метка завершения',
    note: 'Текст в ответе, который завершает диалог. Из сообщения он убирается.',
  },
  'agent.model': { label: 'Модель', note: 'Название модели.' },
  'agent.system_prompt': {
    label: 'Системная инструкция',
    note: 'Что модель узнаёт первым. Может содержать `{{event.…}}`.',
  },
  'agent.max_tokens': { label: 'Длина ответа, токенов', note: 'Самый длинный ответ модели.' },
  'agent.max_completion_tokens': {
    label: 'Длина ответа, токенов (новые модели)',
    note: 'То же, под именем, которое нужно новым моделям OpenAI.',
  },
  'agent.extra_body': {
    label: 'Дополнительные поля запроса',
    note: 'Другие поля запроса к модели, поверх наших.',
  },
  'agent.assistant_id': { label: 'Ассистент', note: 'Имя графа или id ассистента.' },
  'agent.runtime_arn': { label: 'ARN среды', note: 'ARN среды AgentCore.' },
  'agent.qualifier': { label: 'Версия среды', note: 'Версия или точка входа среды.' },
  'agent.request': {
    label: 'Запрос',
    note: 'Тело запроса, любой JSON. Тексты могут содержать `{{event.…}}`; текст из одного такого имени сохраняет тип значения.',
  },
  'agent.answer': {
    label: 'Где ответ',
    note: 'JSON Pointer к тексту или текстам в ответе; `*` — каждый элемент.',
  },
  'agent.session': {
    label: 'Где сессия',
    note: 'JSON Pointer к тому, что следующий запрос чата получит как `{{event.session}}`.',
  },
};
