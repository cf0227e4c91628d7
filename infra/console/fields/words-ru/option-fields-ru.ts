import type { WordsOfField } from './words-of-field.ts';

export const OPTION_FIELDS_RU: Record<string, WordsOfField> = {
  'options.choices': {
    label: 'Больше трёх кнопок',
    note: 'Во что превращается меню, если в нём больше трёх кнопок: в текст с номерами или в список WhatsApp (от 4 до 10).',
  },
  'options.markdown': {
    label: 'Разметка Markdown',
    note: 'Текст уходит так, как его написал агент, или Markdown переводится в форматирование WhatsApp.',
  },
  'options.if_window_closed': {
    label: 'Когда окно закрыто',
    note: 'Что будет со свободным сообщением вне окна 24 часа: отклоняется, заменяется запасным шаблоном или ждёт, пока собеседник напишет.',
  },
  'options.fallback_template': {
    label: 'Запасной шаблон',
    note: 'Одобренный шаблон, который отправляется вместо сообщения.',
  },
  'options.fallback_template.name': { label: 'Имя шаблона', note: 'Его имя в 360dialog.' },
  'options.fallback_template.language': {
    label: 'Язык шаблона',
    note: 'Код языка, как он одобрен.',
  },
  'options.fallback_template.parameters': {
    label: 'Параметры',
    note: 'Тексты для тела шаблона, по порядку или по имени.',
  },
  'options.fallback_template.components': {
    label: 'Компоненты',
    note: 'Компоненты WhatsApp вместо параметров.',
  },
  'options.park_hours': {
    label: 'Сколько ждать собеседника',
    note: 'Сколько часов отложенное сообщение ждёт ответа собеседника.',
  },
  'options.stop_words': {
    label: 'Стоп-слова',
    note: 'Сообщение из одного такого слова — отказ от рассылок: шаблоны собеседнику не отправляются и ничего не откладывается, пока он не напишет слово возврата.',
  },
  'options.start_words': {
    label: 'Слова возврата',
    note: 'Сообщение из одного такого слова отменяет отказ.',
  },
  'options.typing_indicator': {
    label: 'Пока агент думает',
    note: 'Что видит собеседник: синие галочки и «печатает» (`on`), синие галочки (`read`) или ничего (`off`).',
  },
  'options.agent_failed_text': {
    label: 'Если агент не справился',
    note: 'Текст, который получит собеседник, когда агент не смог ответить. Пусто — никакого.',
  },
  'options.dialog_idle_minutes': {
    label: 'Завершение диалога',
    note: 'Через сколько минут без сообщений и звонков собеседника диалог считается завершённым; 0 — никогда.',
  },
  'options.incoming_request_when_open': {
    label: 'Incoming Request при открытом диалоге',
    note: 'Доставляется агенту или отклоняется с кодом 409, если он не срочный.',
  },
  'options.pause_on_human_minutes': {
    label: 'Пауза после ответа человека',
    note: 'На сколько минут агент замолкает, когда человек ответил из WhatsApp Business; 0 — не замолкает.',
  },
  'options.wait_after_media_ms': {
    label: 'Ожидание после файла',
    note: 'Сколько сообщение после файла ждёт первого статуса этого файла.',
  },
  'options.max_wait_minutes': {
    label: 'Наибольшее ожидание',
    note: 'Сколько ответ может ждать из-за лимитов и блокировок, прежде чем будет признан недоставленным.',
  },
  'options.notification_timeout_minutes': {
    label: 'Итог уведомления',
    note: 'Самое позднее через сколько минут агент узнаёт, чем закончилось уведомление.',
  },
  'options.unknown_outcome': {
    label: 'Если 360dialog промолчал',
    note: 'Что делать, когда неизвестно, принято ли сообщение: отправить ещё раз или сообщить `outcome-unknown`.',
  },
  'options.media_url_ttl_hours': {
    label: 'Срок ссылок на файлы',
    note: 'Сколько часов действует адрес полученного файла.',
  },
  'options.history_turns': {
    label: 'Память диалога',
    note: 'Сколько прошлых реплик чата каждое событие передаёт агенту как `history`; 0 — ни одной, и ничего не хранится.',
  },
  'options.transcription': {
    label: 'Голосовые — текстом',
    note: 'Сервер, который превращает голосовое сообщение в текст (`transcript`) до вопроса агенту: любой, у которого есть `/audio/transcriptions`, как у OpenAI.',
  },
  'options.transcription.url': {
    label: 'Адрес распознавания',
    note: 'Начало адреса, https, как `https://api.openai.com/v1`.',
  },
  'options.transcription.headers': {
    label: 'HTTP-заголовки распознавания',
    note: 'С ними отправляется каждое голосовое сообщение. Хранятся как секреты.',
  },
  'options.transcription.api_key': {
    label: 'Ключ распознавания',
    note: 'Ключ, который ждёт сервер. Хранится как секрет.',
  },
  'options.transcription.model': {
    label: 'Модель распознавания',
    note: 'Её имя, как `whisper-1`.',
  },
  'options.transcription.language': {
    label: 'Язык речи',
    note: 'Код языка; пусто — сервер узнаёт сам.',
  },
  'options.transcription.prompt': {
    label: 'Подсказка',
    note: 'Слова, которые помогут распознать речь: имена, термины.',
  },
  'options.burst_ms': {
    label: 'Ждать продолжения',
    note: 'Сколько ждать следующего сообщения, чтобы передать агенту несколько сразу; 0 — не ждать.',
  },
  'options.burst_max_ms': {
    label: 'Ждать продолжения, не дольше',
    note: 'Сколько всего можно ждать следующих сообщений.',
  },
  'options.max_turns_per_hour': {
    label: 'Реплик в час',
    note: 'Сколько раз в час агента спрашивают в одном чате.',
  },
  'options.forget_after_days': {
    label: 'Забыть чат',
    note: 'Через сколько дней без сообщений чат забывается. Пусто — никогда. Собеседник, который отказался от рассылок, не забывается.',
  },
  'options.require_webhook_header': {
    label: 'Требовать секретный заголовок',
    note: 'Отклонять вебхуки без секретного заголовка. Без него они приходят, если адрес вставлен в 360dialog Hub вручную.',
  },
};
