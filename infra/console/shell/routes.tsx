import type { ComponentType } from 'preact';
import { ChannelListPage } from '../channels/channel-list-page.tsx';
import { ChannelPage } from '../channels/channel-page.tsx';
import { NewChannelPage } from '../channels/new-channel-page.tsx';
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
  { pattern: '/channels', show: ChannelListPage, nav: '/channels' },
  { pattern: '/channels/new', show: NewChannelPage, nav: '/channels' },
  { pattern: '/channels/{id}', show: ChannelPage, nav: '/channels' },
];

/** The entries of the navigation, in their order. */
export const NAVIGATION: { path: string; word: Word }[] = [
  { path: '/', word: 'nav.phone' },
  { path: '/channels', word: 'nav.channels' },
];
