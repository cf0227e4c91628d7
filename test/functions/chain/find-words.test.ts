import { expect, test } from 'vitest';
import { findWords } from '../../../functions/chain/find-words.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { beginTurn, endTurn } from '../../../shared/store/turns.ts';
import { useTable } from '../../support/table.ts';

const table = useTable({ readsBehindMs: 60_000 });
const channel = { id: 'ch_1', options: parse(channelOptionsSchema, {}) } as Channel;

test('words that were written a moment ago are found though a cheap read does not know them yet', async () => {
  const place = { channelId: channel.id, eventId: 'evt_1' };
  await beginTurn(table, place, 1);
  const answer = { replies: ['first', 'second'], dialog: 'open' as const };
  await endTurn(table, place, { chatId: 'c1', outcome: { kind: 'answered', answer }, now: 2 });
  table.calls.splice(0);
  expect(await findWords(table, channel, { turn_id: 'evt_1', index: 1 })).toBe('second');
  expect(table.calls).toEqual(['GetItem', 'GetItem']);
});

test('words that are gone are looked for twice', async () => {
  expect(await findWords(table, channel, { turn_id: 'evt_2', index: 0 })).toBeUndefined();
});
