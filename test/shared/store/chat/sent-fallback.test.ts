import { expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { forgetFallback, noteFallback } from '../../../../shared/store/chat/sent-fallback.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const visitor = async (): Promise<Chat> =>
  (await recordInbound(table, someInboundFacts(somePlace()))) ?? expect.fail('there is no chat');
const now = async ({ channel_id, id }: Chat): Promise<Chat> =>
  (await findChat(table, channel_id, id, { consistent: true })) ?? expect.fail('there is no chat');

test('the fallback template sent last is noted, and erasing the chat forgets it', async () => {
  const chat = await visitor();
  const fallback = { reply_id: 'rep_1', turn_id: 'evt_1', inbound_at: chat.last_inbound_at };
  await noteFallback(table, chat, fallback);
  expect((await now(chat)).fallback).toEqual(fallback);
  await markChatErased(table, chat, HEARD_AT);
  await noteFallback(table, chat, fallback);
  expect(await table.look(chatKey(chat.channel_id, chat.id))).not.toHaveProperty('fallback');
});

test('a fallback template that failed late is forgotten, and no other', async () => {
  const chat = await visitor();
  await noteFallback(table, chat, { reply_id: 'rep_f', turn_id: 'evt_1', inbound_at: 1 });
  await forgetFallback(table, chat, 'rep_other');
  expect((await now(chat)).fallback).toMatchObject({ reply_id: 'rep_f' });
  await forgetFallback(table, chat, 'rep_f');
  expect((await now(chat)).fallback).toBeNull();
  await forgetFallback(table, chat, 'rep_f');
});

test('nothing is noted in a chat that is not there', async () => {
  const chat = await visitor();
  const elsewhere = { ...chat, id: 'f'.repeat(40) };
  await noteFallback(table, elsewhere, { reply_id: 'rep_1', turn_id: 'evt_1', inbound_at: null });
  expect(await table.look(chatKey(chat.channel_id, elsewhere.id))).toBeNull();
});
