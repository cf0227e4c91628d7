import type { Channel } from '../../shared/contract/channel.ts';
import type { ApprovedTemplates } from '../../shared/contract/template-list.ts';
import { readTemplates, type TemplateList } from '../../shared/dialog360/templates.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import type { RequestsDeps } from './deps.ts';

/** Within what an HTTP API waits, and soon enough for a person. */
const TIMEOUT_MS = 10_000;
const KEPT_MS = 60_000;
/** More channels than one function serves; a bound all the same. */
const MOST_KEPT = 100;

/** Lists of the last minute, by channel and by what the provider was asked with. */
export type TemplateShelf = Map<string, { list: Promise<TemplateList>; until: number }>;

/**
 * The approved templates of the channel's number, at most a minute old. None where its host has none to
 * list. Throws `unavailable` when the provider does not say.
 */
export async function listTemplates(
  deps: RequestsDeps,
  channel: Channel,
): Promise<ApprovedTemplates> {
  const list = await shelved(deps, channel);
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

/** One question for all who ask at once. What failed is not kept. */
async function shelved(deps: RequestsDeps, channel: Channel): Promise<TemplateList> {
  const { templates: shelf, now } = deps;
  const key = [channel.id, channel.secret_version, channel.hosting, channel.base_url].join(' ');
  const kept = shelf.get(key);
  if (kept && kept.until > now()) return kept.list;
  const list = ask(deps, channel);
  shelf.delete(key);
  shelf.set(key, { list, until: now() + KEPT_MS });
  const [oldest] = shelf.keys();
  if (shelf.size > MOST_KEPT && oldest !== undefined) shelf.delete(oldest);
  const isKept = await list.then(
    ({ kind }) => kind === 'listed' || kind === 'none',
    () => false,
  );
  if (!isKept && shelf.get(key)?.list === list) shelf.delete(key);
  return list;
}

async function ask(
  { secrets, reach }: RequestsDeps,
  { id, secret_version, hosting, base_url }: Channel,
): Promise<TemplateList> {
  const { token } = await secrets.read(id, secret_version);
  return readTemplates({ hosting, base_url, token }, { reach, timeoutMs: TIMEOUT_MS });
}
