import type { TemplateList } from '../../shared/dialog360/templates.ts';
import { keepNewest } from '../../shared/kernel/keep-newest.ts';

const KEPT_MS = 60_000;
/** More lists than one function needs at a time. */
const MOST_KEPT = 100;

/**
 * The list under a key, at most a minute old: from memory, or from `ask`. `key`: all that the list
 * depends on.
 */
export type TemplateCache = (
  key: string,
  ask: () => Promise<TemplateList>,
) => Promise<TemplateList>;

/**
 * Keeps the provider's answers for a minute, in this function's memory. Callers that want the same list
 * at the same time share one call. An answer that is no list is not kept.
 */
export function openTemplateCache(now: () => number): TemplateCache {
  const kept = new Map<string, { list: Promise<TemplateList>; until: number }>();
  return async (key, ask) => {
    const known = kept.get(key);
    if (known && known.until > now()) return known.list;
    const list = ask();
    keepNewest(kept, key, { list, until: now() + KEPT_MS }, MOST_KEPT);
    const mayKeep = await list.then(
      ({ kind }) => kind === 'listed' || kind === 'none',
      () => false,
    );
    if (!mayKeep && kept.get(key)?.list === list) kept.delete(key);
    return list;
  };
}
