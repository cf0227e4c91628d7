import { expect, test } from 'vitest';
import type { ThreadControl } from '../../../../shared/contract/chat.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { makeChat } from '../../../../shared/store/chat/make-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { noteControl } from '../../../../shared/store/chat/thread-control.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const held: ThreadControl = { holder: 'meta', at: HEARD_AT, event_id: 'evt_m' };
const given: ThreadControl = { holder: 'us', at: HEARD_AT + 1, event_id: 'evt_u' };
const someChat = async (place = somePlace()) =>
  (await recordInbound(table, someInboundFacts(place))) ?? expect.fail('no chat');

test('who has the conversation is noted, and noted anew on what was read', async () => {
  const chat = await someChat();
  const first = await noteControl(table, chat, held);
  expect(first).toEqual({ ...chat, control: held });
  expect(await noteControl(table, first ?? chat, given)).toEqual({ ...chat, control: given });
});

test('of a visitor who never wrote too', async () => {
  const chat = (await makeChat(table, somePlace())) ?? expect.fail();
  expect(await noteControl(table, chat, held)).toMatchObject({ control: held });
});

test('nothing is noted on a row that has changed meanwhile: by a message, or by another word', async () => {
  const place = somePlace();
  const chat = await someChat(place);
  await recordInbound(table, someInboundFacts(place, { inboundAt: HEARD_AT + 1 }));
  expect(await noteControl(table, chat, held)).toBeNull();

  const other = await someChat();
  await noteControl(table, other, held);
  expect(await noteControl(table, other, given)).toBeNull();
});

test('an erased chat forgets it, and learns it no more', async () => {
  const chat = await someChat();
  const noted = (await noteControl(table, chat, held)) ?? expect.fail();
  await markChatErased(table, chat, HEARD_AT);
  expect(await table.look(chatKey(chat.channel_id, chat.id))).not.toHaveProperty('control');
  expect(await noteControl(table, noted, given)).toBeNull();
});
