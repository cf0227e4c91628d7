import type { Values } from './values.ts';

/** What has been typed and not saved, and on which version of the channel. */
export interface Draft {
  version: number | null;
  /** The values when the typing began, to find what others have changed since. */
  base: Values;
  edits: Values;
}

const keyOf = (id: string) => `console.draft.${id}`;

/** Keeps a draft over a reload of this tab. It must hold no secrets. */
export function keepDraft(id: string, draft: Draft): void {
  if (Object.keys(draft.edits).length === 0) sessionStorage.removeItem(keyOf(id));
  else sessionStorage.setItem(keyOf(id), JSON.stringify(draft));
}

/** The draft that is kept; null: none. */
export function keptDraft(id: string): Draft | null {
  const text = sessionStorage.getItem(keyOf(id));
  return text === null ? null : (JSON.parse(text) as Draft);
}
