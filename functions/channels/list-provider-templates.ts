import type { ProviderTemplateList } from '../../shared/contract/template-list.ts';
import { readTemplates } from '../../shared/dialog360/templates.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import type { ChannelsDeps } from './deps.ts';
import { loadChannel } from './load-channel.ts';
import { providerAccount } from './provider-account.ts';
import { providerCallLimits, startTimeBudget } from './time-budget.ts';

/**
 * All templates of a channel's number, in whatever state they are, in the form of 360dialog's own list. Throws
 * `channel-unknown`, and `unavailable` when 360dialog does not answer with a list.
 */
export async function listProviderTemplates(
  deps: ChannelsDeps,
  channelId: string,
): Promise<ProviderTemplateList> {
  const account = providerAccount(await loadChannel(deps, channelId));
  const list = await readTemplates(account, providerCallLimits(deps, startTimeBudget(deps)));
  if (list.kind === 'none') return { data: [] };
  if (list.kind === 'listed') return { data: list.templates };
  const said = list.kind === 'refused' ? `HTTP ${list.status}` : list.reason;
  log.warn('templates-not-listed', { said });
  throw new Failure('unavailable', { what: 'provider', detail: `360dialog did not say: ${said}.` });
}
