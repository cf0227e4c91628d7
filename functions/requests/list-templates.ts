import type { Channel } from '../../shared/contract/channel.ts';
import type { ApprovedTemplates } from '../../shared/contract/template-list.ts';
import { readTemplates } from '../../shared/dialog360/templates.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import type { RequestsDeps } from './deps.ts';

/** Shorter than an HTTP API waits for its function, and than a person wants to wait. */
const TIMEOUT_MS = 10_000;

/**
 * The approved templates of the channel's number, at most a minute old; none where its host cannot list
 * templates. Throws `unavailable` when the provider does not answer with a list.
 */
export async function listTemplates(
  { templateCache, secrets, reach }: RequestsDeps,
  { id, secret_version, hosting, base_url }: Channel,
): Promise<ApprovedTemplates> {
  const key = [id, secret_version, hosting, base_url].join(' ');
  const list = await templateCache(key, async () => {
    const { token } = await secrets.read(id, secret_version);
    return readTemplates({ hosting, base_url, token }, { reach, timeoutMs: TIMEOUT_MS });
  });
  if (list.kind === 'none') return { templates: [] };
  if (list.kind !== 'listed') {
    const said = list.kind === 'refused' ? `HTTP ${list.status}` : list.reason;
    log.warn('templates-not-listed', { said });
    throw new Failure('unavailable', {
      what: 'provider',
      detail: `360dialog did not say: ${said}.`,
    });
  }
  const approved = list.templates.filter(({ status }) => status === 'APPROVED');
  return {
    templates: approved.map(({ name, language, category, components }) => ({
      name,
      language,
      ...(category !== undefined && { category }),
      ...(components !== undefined && { components }),
    })),
  };
}
