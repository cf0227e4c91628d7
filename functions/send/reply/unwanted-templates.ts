import { log } from '../../../shared/kernel/log.ts';
import { optedOut } from '../../../shared/rules/opt-out/opted-out.ts';
import { isService, templateIn } from '../../../shared/rules/opt-out/template-category.ts';
import type { Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';

/** Less than an invocation has left beside its requests for messages. */
const LIST_TIMEOUT_MS = 10_000;

/**
 * Which parts of a reply are templates the visitor has opted out of. A visitor who stopped only
 * marketing is sent what 360dialog lists as something else; where it does not say, nothing goes. `mustWait`: it is not
 * asked, because nothing can go now.
 */
export async function unwantedTemplates(
  { visit, plan }: Sending,
  { mustWait }: { mustWait: boolean },
): Promise<Unwanted> {
  const { channel, chat } = visit;
  const optOut = optedOut(chat);
  const isTemplate = (index: number) => plan.parts[index]?.needsWindow === false;
  if (optOut === null || !plan.parts.some((_, at) => isTemplate(at))) return NONE;
  if (optOut === 'everything') return { ...NONE, isUnwanted: isTemplate };
  if (channel.blocked || mustWait) return NONE; // then nothing goes, and nothing is asked
  const listed = await listTemplates(visit);
  if (!Array.isArray(listed)) return { ...NONE, holdMs: listed.waitMs };
  const isUnwanted = (index: number) => {
    const body = plan.parts[index]?.body;
    return isTemplate(index) && !(body && isService(templateIn(body), listed));
  };
  return { ...NONE, isUnwanted };
}

export interface Unwanted {
  /** By part. */
  isUnwanted: (index: number) => boolean;
  /** How long to wait before the provider is asked again; 0: it has answered. */
  holdMs: number;
}
const NONE: Unwanted = { isUnwanted: () => false, holdMs: 0 };
/** The provider is asked again for its list after this long. */
const WAIT_WITHOUT_LIST_MS = 30_000;

/**
 * Only a visitor who stopped marketing costs this call, and the code that reads its answer is loaded
 * only then. Or how long to wait: the provider is away, or throttles, or other channels need the function.
 */
async function listTemplates(visit: Visit) {
  const { readTemplates } = await import('../../../shared/dialog360/templates.ts');
  const { channel, deps } = visit;
  const account = await visit.account();
  const timeoutMs = LIST_TIMEOUT_MS;
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
