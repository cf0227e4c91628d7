import { expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import {
  findOlderTurns,
  forgetOlderTurns,
  noteTurn,
} from '../../../../shared/store/chat/turns-of-chat.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const met = async () =>
  (await recordInbound(table, someInboundFacts(somePlace()))) ?? expect.fail('no chat');
const turn = (at: number) => `evt_${String(at).padStart(32, '0')}`;
const write = (chat: Chat, at: number) => noteTurn(table, chat, turn(at), HEARD_AT);

/** Every turn that erasing the chat would find. */
async function found(chat: Chat): Promise<string[]> {
  const row = await table.look(chatKey(chat.channel_id, chat.id));
  const ids = [...((row?.turn_ids as Set<string>) ?? [])];
  for (let id = row?.older_turns_id as string | undefined | null; id; ) {
    const list = await findOlderTurns(table, chat, id);
    ids.push(...(list?.turn_ids ?? []));
    id = list?.older_turns_id;
  }
  return ids.sort();
}

test('a turn is noted with its message, in one write', async () => {
  const place = somePlace();
  table.calls.splice(0);
  await recordInbound(table, someInboundFacts(place, { turnId: turn(1) }));
  expect(table.calls).toEqual(['UpdateItem']);
  const row = await table.look(chatKey(place.channelId, place.chatId));
  expect(row?.turn_ids).toEqual(new Set([turn(1)]));
});

test('however many turns there are, all are found, and the row stays short', async () => {
  const chat = await met();
  for (let at = 0; at < 100; at++) {
    await write(chat, at);
    const row = await table.look(chatKey(chat.channel_id, chat.id));
    expect((row?.turn_ids as Set<string> | undefined)?.size ?? 0).toBeLessThanOrEqual(25);
  }
  expect(await found(chat)).toEqual(Array.from({ length: 100 }, (_, at) => turn(at)));
});

test('turns that are noted many at once, and repeated, are all found', async () => {
  const chat = await met();
  // More at once would not find a connection in time on a busy machine.
  for (let round = 0; round < 120; round += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, at) => write(chat, (round + at) % 60)));
  }
  expect(new Set(await found(chat)).size).toBe(60);
});

test('most turns cost no further write', async () => {
  const chat = await met();
  table.calls.splice(0);
  for (let at = 0; at < 78; at++) await write(chat, at);
  expect(table.calls.filter((call) => call === 'PutItem')).toHaveLength(3);
  expect(table.calls).toHaveLength(78 + 3 * 2);
});

test('the lists of an erased chat are forgotten one by one, newest first', async () => {
  const chat = await met();
  for (let at = 0; at < 60; at++) await write(chat, at);
  const remains = await markChatErased(table, chat, HEARD_AT);
  expect(await write(chat, 61)).toBeNull();
  let id = remains?.olderTurnsId ?? null;
  const lists: number[] = [];
  while (id !== null) {
    const list = (await findOlderTurns(table, chat, id)) ?? expect.fail('no list');
    lists.push(list.turn_ids.length);
    await forgetOlderTurns(table, chat, id, list);
    expect(await findOlderTurns(table, chat, id)).toBeNull();
    id = list.older_turns_id;
  }
  expect(lists).toEqual([26, 26]);
  expect(await table.look(chatKey(chat.channel_id, chat.id))).not.toHaveProperty('older_turns_id');
});
