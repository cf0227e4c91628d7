import { ChannelListPage } from '../channels/channel-list-page.tsx';
import { ChannelPage } from '../channels/channel-page.tsx';
import { NewChannelPage } from '../channels/new-channel-page.tsx';
import { ChatPage } from '../chats/chat-page.tsx';
import { ChatsPage } from '../chats/chats-page.tsx';
import { LetterListPage } from '../dead-letters/letter-list-page.tsx';
import { LetterPage } from '../dead-letters/letter-page.tsx';
import { ReplyPage } from '../deliveries/reply-page.tsx';
import type { NavEntry, Page } from './page.ts';

const CHAT = { show: ChatPage, nav: '/chats', about: ['id', 'chat_id'] };

/** The pages about channels and what happened in them. */
export const LOOKING_AFTER: Page[] = [
  { pattern: '/channels', show: ChannelListPage, nav: '/channels' },
  { pattern: '/channels/new', show: NewChannelPage, nav: '/channels' },
  { pattern: '/channels/{id}', show: ChannelPage, nav: '/channels', about: ['id'] },
  { pattern: '/chats', show: ChatsPage, nav: '/chats' },
  { pattern: '/channels/{id}/chats', show: ChatsPage, nav: '/chats' },
  { pattern: '/channels/{id}/chats/{chat_id}', ...CHAT },
  { pattern: '/channels/{id}/chats/{chat_id}/turns/{event_id}', ...CHAT },
  {
    pattern: '/channels/{id}/replies/{reply_id}',
    show: ReplyPage,
    nav: '/chats',
    about: ['id', 'reply_id'],
  },
  { pattern: '/dead-letters', show: LetterListPage, nav: '/dead-letters' },
  { pattern: '/dead-letters/{id}', show: LetterPage, nav: '/dead-letters', about: ['id'] },
];

/** Their entries of the navigation, in their order. */
export const LOOKING_AFTER_NAV: NavEntry[] = [
  { path: '/channels', word: 'nav.channels' },
  { path: '/chats', word: 'nav.chats' },
  { path: '/dead-letters', word: 'nav.dead-letters' },
];
