import { expect, test } from 'vitest';
import { takeBackSaid } from '../../../functions/statuses/take-back-said.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { Part } from '../../../shared/contract/delivery.ts';
import { entryAt } from '../../../shared/rules/delivery/entry-at.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { keepEntry, newestEntries } from '../../../shared/store/history.ts';
import {
  HAPPENED_AT,
  placeOf,
  someDelivery,
  someNews,
  somePart,
} from '../../support/some-delivery.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
const SAID = 'words of the agent';

/** What the history says of a reply once the first of these parts has failed late. */
async function leftOf(parts: Part[], { historyTurns = 5, messageId = 'wamid.1', part = 0 } = {}) {
  const delivery = someDelivery(parts, { chat_id: 'c1' });
  const chat = { channelId: delivery.channel_id, chatId: `${delivery.reply_id}-chat` };
  const stored = { ...delivery, chat_id: chat.chatId };
  await insertDelivery(table, stored, HAPPENED_AT);
  const entry = { from: 'agent' as const, kind: 'text', text: SAID, turn_id: 'evt_1' };
  await keepEntry(table, { ...chat, ...entryAt(stored) }, entry);
  const channel = { id: stored.channel_id, options: { history_turns: historyTurns } } as Channel;
  const news = someNews('failed', { code: 'provider-131026', messageId });
  await takeBackSaid({ table }, channel, placeOf(stored, part), news);
  return newestEntries(table, chat, { limit: 5, now: HAPPENED_AT });
}

const accepted = somePart('accepted', { message_id: 'wamid.1' });

// biome-ignore format: a table reads by column
test.each([
  { what: 'of a reply of one part, which failed',         parts: [accepted],                                                          stays: false },
  { what: 'while another part has gone',                  parts: [accepted, somePart('delivered', { message_id: 'wamid.2' })],        stays: true },
  { what: 'while no other part has gone',                 parts: [accepted, somePart('failed', { code: 'provider-131026' })],         stays: false },
  { what: 'of a part that was read after all',            parts: [somePart('read', { message_id: 'wamid.1' })],                       stays: true },
  { what: 'when an earlier message of the part failed',   parts: [accepted], more: { messageId: 'wamid.0' },                          stays: true },
  { what: 'of a part that the reply does not have',       parts: [accepted], more: { part: 7 },                                       stays: true },
  { what: 'in a channel without a history',               parts: [accepted], more: { historyTurns: 0 },                               stays: true },
])('$what, what it said stays in the history: $stays', async ({ parts, more, stays }) => {
  const left = await leftOf(parts, more);
  expect(left.map(({ text }) => text)).toEqual(stays ? [SAID] : []);
});
