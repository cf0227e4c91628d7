import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { claimAlias, findAlias } from '../../../../shared/store/chat/aliases.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { findChatBy } from '../../../../shared/store/chat/find-chat-by.ts';
import { inChatOf, learnBsuid } from '../../../../shared/store/chat/find-or-make-chat.ts';
import { findChatOfFormerId } from '../../../../shared/store/chat/former-channel-chat-ids.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { HEARD_AT, someInboundFacts } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const maker = () => ({
  table,
  now: () => HEARD_AT,
  newChatId: () => randomBytes(20).toString('hex'),
});
let made = 0;
const someone = () => {
  made += 1;
  return { phone: `4917130${String(made).padStart(5, '0')}`, bsuid: `DE.90${made}` };
};
type Names = { phone: string | null; bsuid: string | null };
const say = (names: Names) =>
  inChatOf(maker(), 'ch_1', names, (chatId) =>
    recordInbound(
      table,
      someInboundFacts({ channelId: 'ch_1', chatId, ...names, eventId: 'evt_1', now: HEARD_AT }),
    ),
  );
const alias = (kind: 'phone' | 'bsuid', value: string) => ({ channelId: 'ch_1', kind, value });

test('one person has one chat, also when many of their messages come at once', async () => {
  const names = someone();
  const chats = await Promise.all(Array.from({ length: 20 }, () => say(names)));
  expect(new Set(chats.map(({ id }) => id)).size).toBe(1);
});

test('a visitor first seen by BSUID alone is found by the phone once a message shows both', async () => {
  const { phone, bsuid } = someone();
  const first = await say({ phone: null, bsuid });
  expect((await say({ phone, bsuid })).id).toBe(first.id);
  expect((await say({ phone, bsuid: null })).id).toBe(first.id);
});

test('the next message frees an erased chat’s names, and they lead to a new chat', async () => {
  const names = someone();
  const first = await say(names);
  await markChatErased(table, first, HEARD_AT);
  const chats = await Promise.all(Array.from({ length: 10 }, () => say(names)));
  expect(new Set(chats.map(({ id }) => id)).size).toBe(1);
  expect(chats[0]?.id).not.toBe(first.id);
  expect(await findAlias(table, alias('phone', names.phone))).toBe(chats[0]?.id);
});

test('a BSUID that is learnt for a chat erased meanwhile leads nowhere', async () => {
  const { phone, bsuid } = someone();
  const chat = await say({ phone, bsuid: null });
  await markChatErased(table, chat, HEARD_AT);
  await learnBsuid(maker(), chat, bsuid);
  expect(await findAlias(table, alias('bsuid', bsuid))).toBeNull();
});

test('a BSUID that turns out to belong to a phone leaves its own chat, which its channel_chat_id still finds', async () => {
  const { phone, bsuid } = someone();
  const [byPhone, byBsuid] = [await say({ phone, bsuid: null }), await say({ phone: null, bsuid })];
  await learnBsuid(maker(), byPhone, bsuid);
  expect((await say({ phone: null, bsuid })).id).toBe(byPhone.id);
  const frozen = { kind: 'channel_chat_id' as const, value: `${bsuid}|dialog360` };
  expect((await findChatBy(table, 'ch_1', frozen))?.id).toBe(byBsuid.id);
});

test('a BSUID whose chat was erased moves to another chat, and no former id is kept for the erased one', async () => {
  const { phone, bsuid } = someone();
  const [byPhone, byBsuid] = [await say({ phone, bsuid: null }), await say({ phone: null, bsuid })];
  await markChatErased(table, byBsuid, HEARD_AT);
  expect((await learnBsuid(maker(), byPhone, bsuid)).bsuid).toBe(bsuid);
  const former = { channelId: 'ch_1', channelChatId: `${bsuid}|dialog360` };
  expect(await findChatOfFormerId(table, former)).toBeNull();
});

test('an alias without a chat, left by a death, gets its chat with the next message', async () => {
  const { phone } = someone();
  const chatId = randomBytes(20).toString('hex');
  await claimAlias(table, alias('phone', phone), chatId, HEARD_AT);
  expect((await say({ phone, bsuid: null })).id).toBe(chatId);
  expect(await findChat(table, 'ch_1', chatId)).not.toBeNull();
});
