import { type HttpAnswer, type HttpAsk, json } from '../../http/serve.ts';
import type { Template } from './template.ts';

/** The listings of a number's templates, the newer and the older. Null: another request. */
export function answerTemplates(
  templates: readonly Template[] | null,
  { method, path }: Pick<HttpAsk, 'method' | 'path'>,
): HttpAnswer | null {
  if (templates === null || method !== 'GET') return null;
  if (path === '/message_templates') {
    return json(200, { data: templates, paging: { cursors: { before: 'MA', after: 'MA' } } });
  }
  if (path !== '/v1/configs/templates') return null;
  const count = templates.length;
  return json(200, { count, total: count, limit: 1000, offset: 0, waba_templates: templates });
}
