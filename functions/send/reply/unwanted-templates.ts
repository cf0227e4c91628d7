import { optedOut } from '../../../shared/rules/opt-out/opted-out.ts';
import { isService, templateIn } from '../../../shared/rules/opt-out/template-category.ts';
import type { Sending } from '../sending.ts';
import { listTemplates } from './list-templates.ts';

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
  // Only a visitor who stopped marketing costs the call for the list.
  if (channel.blocked || mustWait) return NONE; // then nothing goes, and nothing is asked
  const listed = await listTemplates(visit, LIST_TIMEOUT_MS);
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
