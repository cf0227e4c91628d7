import type { ComponentType } from 'preact';
import { PhonePage } from '../phone/phone-page.tsx';
import type { Word } from '../words/translate.ts';

export interface Page {
  /** `{name}` stands for one segment, which the page gets as a property. */
  pattern: string;
  show: ComponentType<Record<string, string>>;
  /** Which entry of the navigation it belongs to. */
  nav: string;
}

/** Every page of the console. The server sends the console for the first segment of each. */
export const PAGES: Page[] = [
  { pattern: '/', show: PhonePage, nav: '/' },
  { pattern: '/messages/{id}', show: PhonePage, nav: '/' },
];

/** The entries of the navigation, in their order. */
export const NAVIGATION: { path: string; word: Word }[] = [{ path: '/', word: 'nav.phone' }];
