import { PhonePage } from '../phone/phone-page.tsx';
import { LOOKING_AFTER, LOOKING_AFTER_NAV } from './looking-after.tsx';
import type { NavEntry, Page } from './page.ts';

/** Every page of the console on this machine. The server sends the console for the first segment of each. */
export const PAGES: Page[] = [
  { pattern: '/', show: PhonePage, nav: '/' },
  { pattern: '/messages/{id+}', show: PhonePage, nav: '/' },
  ...LOOKING_AFTER,
];

/** The entries of the navigation, in their order. */
export const NAVIGATION: NavEntry[] = [{ path: '/', word: 'nav.phone' }, ...LOOKING_AFTER_NAV];
