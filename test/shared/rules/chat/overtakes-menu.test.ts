import { expect, test } from 'vitest';
import type { ShownMenu } from '../../../../shared/contract/chat.ts';
import { overtakesMenu } from '../../../../shared/rules/chat/overtakes-menu.ts';

const shown: ShownMenu = {
  reply_id: 'rep_menu',
  event_id: 'evt_asked',
  accepted_at: 1,
  numbered: true,
  options: [{ id: 'o1', label: 'red' }],
  overtaken: false,
};

// biome-ignore format: a table reads by column
const cases: { when: string; reply: { reply_id: string; event_id: string | null }; menu?: Partial<ShownMenu>; does: boolean }[] = [
  { when: 'it answers another event',                           reply: { reply_id: 'rep_later', event_id: 'evt_later' },                             does: true },
  { when: 'it is of the same answer',                           reply: { reply_id: 'rep_later', event_id: 'evt_asked' },                             does: false },
  { when: 'it is the menu itself, in another round',            reply: { reply_id: 'rep_menu',  event_id: 'evt_asked' },                             does: false },
  { when: 'it is the menu itself, which answers no event',      reply: { reply_id: 'rep_menu',  event_id: null },        menu: { event_id: null },   does: false },
  { when: 'it answers no event, and the menu answers one',      reply: { reply_id: 'rep_later', event_id: null },                                    does: true },
  { when: 'it answers an event, and the menu answers none',     reply: { reply_id: 'rep_later', event_id: 'evt_later' }, menu: { event_id: null },   does: true },
  { when: 'neither answers an event',                           reply: { reply_id: 'rep_later', event_id: null },        menu: { event_id: null },   does: true },
  { when: 'the menu was overtaken before',                      reply: { reply_id: 'rep_later', event_id: 'evt_later' }, menu: { overtaken: true }, does: false },
];

test.each(cases)('a reply overtakes a menu when $when: $does', ({ reply, menu, does }) => {
  expect(overtakesMenu(reply, { ...shown, ...menu })).toBe(does);
});
