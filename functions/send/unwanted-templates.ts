import { log } from '../../shared/kernel/log.ts';
import { optedOut } from '../../shared/rules/opt-out/opted-out.ts';
import { isService, templateIn } from '../../shared/rules/opt-out/template-category.ts';
import { accountOf } from './account-of.ts';
import type { Run } from './visit.ts';

/** Within what an invocation has left beside its requests. */
const TIMEOUT_MS = 10_000;

/**
 * Which parts of a reply are templates the visitor wants no more of (product.md B7). Who stopped only
 * marketing is sent what 360dialog lists as something else; where it does not say, nothing goes.
 */
export async function unwantedTemplates(run: Run): Promise<Unwanted> {
  const { channel, chat, plan } = run;
  const optOut = optedOut(chat);
  const isTemplate = (index: number) => plan.parts[index]?.needsWindow === false;
  if (optOut === null || !plan.parts.some((_, at) => isTemplate(at))) return NONE;
  if (optOut === 'everything') return { ...NONE, isUnwanted: isTemplate };
  if (channel.blocked) return NONE; // then nothing goes, and nothing is asked
  const listed = await listTemplates(run);
  if (listed === null) return { ...NONE, holdMs: ASK_AGAIN_MS };
  const isUnwanted = (index: number) => {
    const body = plan.parts[index]?.body;
    return isTemplate(index) && !(body && isService(templateIn(body), listed));
  };
  return { ...NONE, isUnwanted };
}

export interface Unwanted {
  /** By part. */
  isUnwanted: (index: number) => boolean;
  /** How long to wait for the provider to say so; 0: it has. */
  holdMs: number;
}
const NONE: Unwanted = { isUnwanted: () => false, holdMs: 0 };
const ASK_AGAIN_MS = 30_000;

/**
 * A call that only such a visitor costs; and the reader of the answer is loaded for it alone. Null: the
 * provider is away, or throttles.
 */
async function listTemplates(run: Run) {
  const { readTemplates } = await import('../../shared/dialog360/templates.ts');
  const limits = { reach: run.deps.reach, timeoutMs: TIMEOUT_MS };
  const list = await readTemplates(await accountOf(run), limits);
  if (list.kind === 'listed') return list.templates;
  log.warn('templates-not-listed', { said: list.kind });
  const isAway = list.kind === 'unreachable' || (list.kind === 'refused' && list.status === 429);
  return isAway ? null : [];
}
