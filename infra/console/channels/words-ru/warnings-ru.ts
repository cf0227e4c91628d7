import type { Warning } from '../../../../shared/contract/channel-answer.ts';

/** The sentence below a warning's title, which stays English. */
export const WARNINGS_RU: Record<Warning['code'], string> = {
  'provider-unreachable':
    '360dialog не ответил или ответил ошибкой сервера. Активируйте канал ещё раз позже и проверьте адрес 360dialog.',
  'webhook-not-registered':
    '360dialog не принял вебхук или ключ либо не показывает вебхук при проверке. Проверьте токен доступа и активируйте канал снова.',
  'agent-silent': 'Агент не ответил. Запустите его или исправьте адрес агента.',
};
