import type { ComponentType } from 'preact';
import type { Word } from '../words/translate.ts';

export interface Page {
  /** `{name}` stands for one segment, `{name+}` for all that is left; the page gets it as a property. */
  pattern: string;
  show: ComponentType<Record<string, string>>;
  /** The parameters that name what the page is about: about something else it begins anew. */
  about?: string[];
  /** Which entry of the navigation it belongs to. */
  nav: string;
}

/** An entry of the navigation. */
export interface NavEntry {
  path: string;
  word: Word;
}
