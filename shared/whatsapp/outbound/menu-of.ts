import type { Menu } from '../../contract/menu.ts';
import type { Reply } from '../../contract/reply.ts';
import { renderMenu } from './render-menu.ts';

/** The menu a reply shows; null when it shows none. It is the same for every visitor. */
export const menuOf = (reply: Reply, choices: 'numbered' | 'list'): Menu | null =>
  reply.type === 'buttons'
    ? renderMenu(reply, {
        to: { phone: '0', bsuid: null },
        dialect: 'v2',
        choices,
        replyId: 'rep',
      }).menu
    : null;
