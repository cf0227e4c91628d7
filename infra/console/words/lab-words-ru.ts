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
  'time.hours.pass': 'ч — пропустить',
  'lab.label': 'Рядом с телефоном',
  'lab.way': 'Путь',
  'faults.title': 'Сбои',
  'faults.hint':
    'Выберите сбой для следующего или для каждого сообщения, затем напишите на телефоне и следите за путём.',
  'faults.count': 'включено: {n}',
  'faults.all-off': 'Выключить все',
  'faults.off': 'Выключить',
  'faults.next': 'Следующее',
  'faults.always': 'Каждое',
  'faults.next.on': {
    one: 'для следующего сообщения',
    few: 'для {n} следующих сообщений',
    many: 'для {n} следующих сообщений',
    other: 'для {n} следующих сообщений',
  },
  'faults.always.on': 'для каждого сообщения',
  'faults.agent': 'Агент',
  'faults.provider': '360dialog и WhatsApp',
  'faults.webhook': 'Вебхук',
  'faults.functions': 'Функции',
  'fault.agent-slow': 'Агент медлит',
  'fault.agent-slow.seen':
    'Запрос доходит до него на 10 секунд позже: собеседник видит, что агент печатает, и его новые сообщения ждут.',
  'fault.agent-down': 'Агент недоступен',
  'fault.agent-down.seen': 'Чуть позже его спросят снова, и тогда собеседник получит ответ.',
  'fault.agent-nonsense': 'Агент отвечает бессмыслицей',
  'fault.agent-nonsense.seen':
    'Вместо JSON приходит веб-страница: сообщение остаётся без ответа, а путь показывает почему.',
  'fault.provider-429': 'Слишком много сообщений (429)',
  'fault.provider-429.seen': 'Ответ немного подождёт и уйдёт.',
  'fault.provider-500': 'Ошибка WhatsApp (500)',
  'fault.provider-500.seen': 'Ответ отправится ещё раз и уйдёт один раз.',
  'fault.pair-limit': 'Слишком часто одному собеседнику (131056)',
  'fault.pair-limit.seen': 'Ответ ждёт, и с каждым разом дольше.',
  'fault.answer-lost': 'Подтверждение потеряно',
  'fault.answer-lost.seen':
    'WhatsApp уже принял сообщение: отправитель узнаёт об этом из статуса и не отправляет его снова.',
  'fault.window-late': 'Окно всё же закрыто (131047)',
  'fault.window-late.seen': 'WhatsApp принимает ответ и сообщает об этом позже: ответ отклонён.',
  'fault.media-late': 'Файл не прошёл (131053)',
  'fault.media-late.seen':
    'WhatsApp принимает сообщение, но не может обработать файл: попросите картинку, и она придёт ссылкой.',
  'fault.webhook-twice': 'Сообщение приходит дважды',
  'fault.webhook-twice.seen': 'Агента спрашивают один раз, и собеседник получает один ответ.',
  'fault.webhook-reordered': 'Статусы приходят не по порядку',
  'fault.webhook-reordered.seen':
    '«Прочитано» приходит раньше «отправлено»: галочки не идут назад.',
  'fault.webhook-day-late': 'Сообщение приходит на день позже',
  'fault.webhook-day-late.seen': 'К этому времени окно закрыто, и ответ отклонён.',
  'fault.kill-worker': 'Обработчик погибает',
  'fault.kill-worker.seen':
    'Он погибает, когда агент уже ответил. Пропустите 5 минут: задание выполнит другой.',
  'fault.kill-sender': 'Отправитель погибает',
  'fault.kill-sender.seen':
    'Он погибает, когда ответ уже у WhatsApp. Пропустите 5 минут: ничего не уйдёт дважды.',
  'scenario.title': 'Сценарий',
  'scenario.hint':
    'Что собеседник делал с начала, пропущенное время, сбои и что из этого вышло: небольшим файлом. Номера собеседника в нём нет, а всё написанное и отправленное есть.',
  'scenario.name': 'Название',
  'scenario.save': 'Сохранить как сценарий',
  'scenario.replay': 'Повтор',
  'scenario.replay.hint':
    'Новый собеседник делает то же самое, и страница сравнивает, что вышло. Время при этом проходит для всех чатов.',
  'scenario.choose': 'Выбрать файл и повторить',
  'scenario.replaying': 'Повторяется…',
  'scenario.same': {
    one: 'Всё совпало: {n}',
    other: 'Всё совпало: {n}',
  },
  'scenario.different': {
    one: '{n} отличие',
    few: '{n} отличия',
    many: '{n} отличий',
    other: '{n} отличия',
  },
  'scenario.wanted': 'В файле',
  'scenario.came': 'Теперь',
  'scenario.nothing': 'ничего',
  'scenario.phone': 'Показать его телефон',
};
