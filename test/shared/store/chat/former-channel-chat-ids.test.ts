import { expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import {
  findChatOfFormerId,
  forgetFormerId,
  keepFormerId,
} from '../../../../shared/store/chat/former-channel-chat-ids.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
let made = 0;
const newPhone = () => `4917150${String(++made).padStart(5, '0')}`;
const visitor = async (phone: string): Promise<Chat> =>
  (await recordInbound(table, someInboundFacts(somePlace({ phone })))) ??
  expect.fail('there is no chat');
const idOf = ({ channel_id: channelId, channel_chat_id: channelChatId }: Chat) => ({
  channelId,
  channelChatId,
});

test('a former id leads to the chat that moved on from it last', async () => {
  const phone = newPhone();
  const [first, second] = [await visitor(phone), await visitor(phone)];
  expect(await findChatOfFormerId(table, idOf(first))).toBeNull();
  await keepFormerId(table, first, HEARD_AT);
  expect(await findChatOfFormerId(table, idOf(first))).toBe(first.id);
  await keepFormerId(table, second, HEARD_AT);
  expect(await findChatOfFormerId(table, idOf(first))).toBe(second.id);
});

test('a former id is forgotten only for the chat it leads to', async () => {
  const phone = newPhone();
  const [first, second] = [await visitor(phone), await visitor(phone)];
  await keepFormerId(table, second, HEARD_AT);
  await forgetFormerId(table, idOf(second), first.id);
  expect(await findChatOfFormerId(table, idOf(second))).toBe(second.id);
  await forgetFormerId(table, idOf(second), second.id);
  expect(await findChatOfFormerId(table, idOf(second))).toBeNull();
});

test('a chat that was erased meanwhile leaves no former id', async () => {
  const chat = await visitor(newPhone());
  await markChatErased(table, chat, HEARD_AT);
  await keepFormerId(table, chat, HEARD_AT);
  expect(await findChatOfFormerId(table, idOf(chat))).toBeNull();
});
