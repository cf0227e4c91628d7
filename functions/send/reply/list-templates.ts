import { log } from '../../../shared/kernel/log.ts';
import type { Visit } from '../visit.ts';

/** The provider is asked again for its list after this long. */
const WAIT_WITHOUT_LIST_MS = 30_000;

/**
 * The number's templates. The code that reads the answer is loaded only here. Or how long to wait: the
 * provider is away, or throttles, or other channels need the function.
 */
export async function listTemplates(visit: Visit, timeoutMs: number) {
  const { readTemplates } = await import('../../../shared/dialog360/templates.ts');
  const { channel, deps } = visit;
  const account = await visit.account();
  const end = await deps.gate.call({ channel, side: 'provider', timeoutMs }, async (signal) => {
    const value = await readTemplates(account, { reach: deps.reach, timeoutMs, signal });
    return { value, failed: value.kind === 'unreachable' };
  });
  if (typeof end === 'string') return { waitMs: WAIT_WITHOUT_LIST_MS };
  if ('waitMs' in end) return end;
  const list = end.value;
  if (list.kind === 'listed') return list.templates;
  log.warn('templates-not-listed', { said: list.kind });
  const isAway = list.kind === 'unreachable' || (list.kind === 'refused' && list.status === 429);
  return isAway ? { waitMs: WAIT_WITHOUT_LIST_MS } : [];
}
