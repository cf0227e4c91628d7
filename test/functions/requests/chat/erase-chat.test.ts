import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { claimAlias } from '../../../../shared/store/chat/aliases.ts';
import { makeChat } from '../../../../shared/store/chat/make-chat.ts';
import { noteSending } from '../../../../shared/store/chat/note-sending.ts';
import { countMissed, pauseUntil } from '../../../../shared/store/chat/pause-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { renameChat } from '../../../../shared/store/chat/rename-chat.ts';
import { noteTurn } from '../../../../shared/store/chat/turns-of-chat.ts';
import { writeDeadLetter } from '../../../../shared/store/dead-letters.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import {
  aliasKey,
  chatKey,
  deadLetterKey,
  deliveryKey,
  sentMessageKey,
  turnKey,
} from '../../../../shared/store/keys.ts';
import { beginTurn, endTurn, findTurn } from '../../../../shared/store/turns.ts';
import { someDelivery, somePart } from '../../../support/some-delivery.ts';
import { someInboundFacts } from '../../../support/some-visitor.ts';
import { openRequestsStage } from '../stage.ts';
import { answeredWith, jobsOf, saying, takenTurn } from '../turns-taken.ts';

const stage = openRequestsStage();
const erase = (channel: Channel, { id }: Pick<Chat, 'id'>) =>
  stage.ask(channel, `DELETE /chats/${id}`);

test('the names, words and deliveries of a visitor are gone at once, and only hashes stay', async () => {
  const channel = await stage.channel();
  const phone = '491713970001';
  const bsuid = 'DE.7340021985560001';
  const chat = await stage.visitor(channel, phone);
  await claimAlias(
    stage.table,
    { channelId: channel.id, kind: 'bsuid', value: bsuid },
    chat.id,
    stage.deps.now(),
  );
  await renameChat(stage.table, chat, { bsuid, wa_id: '491713970009' });
  const eventId = await takenTurn(
    stage,
    chat,
    answeredWith('my darling words', { type: 'text', id: 'own', text: 'more words' }),
  );
  await stage.ask(channel, 'POST /messages', { to: { chat_id: chat.id }, replies: ['late words'] });
  await noteSending(stage.table, chat, {
    menu: {
      reply_id: 'rep_1',
      event_id: eventId,
      accepted_at: 1,
      overtaken: false,
      numbered: true,
      options: [{ id: '1', label: 'menu words' }],
    },
  });
  expect((await saying(stage, ' words')).length).toBeGreaterThan(2);
  expect((await saying(stage, phone)).length).toBeGreaterThan(1);

  expect((await erase(channel, chat)).status).toBe(204);
  expect(await saying(stage, ' words', phone, bsuid, '491713970009', 'Anna', 'wamid')).toEqual([]);
  const tombstone = await stage.table.look(chatKey(channel.id, chat.id));
  expect(Object.keys(tombstone ?? {}).sort()).toEqual([
    'channel_id',
    'erased_at',
    'id',
    'pk',
    'sk',
  ]);
  expect((await stage.ask(channel, `GET /chats/${chat.id}`)).status).toBe(404);
  expect((await stage.ask(channel, `GET /chats?phone=${phone}`)).status).toBe(404);
  expect((await erase(channel, chat)).status).toBe(404);
  // The provider may repeat the message for days: its turn is over, and the agent is not asked.
  const again = await beginTurn(stage.table, { channelId: channel.id, eventId }, stage.deps.now());
  expect(again.outcome).toEqual({ kind: 'erased' });
});

test('other chats lose nothing', async () => {
  const channel = await stage.channel();
  const [gone, stays] = [await stage.visitor(channel), await stage.visitor(channel)];
  await takenTurn(stage, gone, answeredWith('gone'));
  const eventId = await takenTurn(stage, stays, answeredWith('stays'));
  const [job] = jobsOf(stays, eventId, answeredWith('stays'));
  await erase(channel, gone);
  expect((await stage.ask(channel, `GET /chats?phone=${stays.phone}`)).body.chat_id).toBe(stays.id);
  expect(await findTurn(stage.table, { channelId: channel.id, eventId })).toMatchObject({
    outcome: answeredWith('stays'),
  });
  expect((await stage.ask(channel, `GET /replies/${job?.reply_id}`)).status).toBe(200);
});

test('a chat erased in the middle of a turn drops the agent’s answer and does not come back', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const eventId = await takenTurn(stage, chat, null);
  expect((await erase(channel, chat)).status).toBe(204);
  const place = { channelId: channel.id, eventId };
  const ended = { chatId: chat.id, outcome: answeredWith('too late'), now: stage.deps.now() };
  expect((await endTurn(stage.table, place, ended)).outcome).toEqual({ kind: 'erased' });
  expect(await saying(stage, 'too late')).toEqual([]);

  const inbound = {
    channelId: channel.id,
    chatId: chat.id,
    phone: chat.phone,
    bsuid: null,
    eventId: 'evt_late',
    now: stage.deps.now(),
  };
  expect(await recordInbound(stage.table, someInboundFacts(inbound))).toBeNull();
  expect(await pauseUntil(stage.table, inbound, inbound.now + 1)).toBeNull();
  expect(await makeChat(stage.table, inbound)).toBeNull();
  expect(await noteTurn(stage.table, chat, 'evt_late', inbound.now)).toBeNull();
  expect(await renameChat(stage.table, chat, { phone: '49171' })).toBe(false);
  await noteSending(stage.table, chat, { pace_at: 1 });
  await countMissed(stage.table, chat, 1);
  const tombstone = await stage.table.look(chatKey(channel.id, chat.id));
  expect(Object.keys(tombstone ?? {}).sort()).toEqual([
    'channel_id',
    'erased_at',
    'id',
    'pk',
    'sk',
  ]);
});

test('a reply that is being sent finds no delivery to write in, and opens none', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const eventId = await takenTurn(stage, chat, answeredWith('one'));
  const [job] = jobsOf(chat, eventId, answeredWith('one'));
  const replyId = job?.reply_id ?? expect.fail('no reply');
  await erase(channel, chat);
  const late = someDelivery([somePart('sending')], { channel_id: channel.id, reply_id: replyId });
  expect(await insertDelivery(stage.table, late, stage.deps.now())).toBe(false);
  expect(await findDelivery(stage.table, channel.id, replyId)).toBeNull();
});

test('the dead letter of a failed turn is removed with its words', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const at = stage.deps.now();
  const eventId = await takenTurn(stage, chat, {
    kind: 'failed',
    code: 'agent-timeout',
    letter_at: at,
  });
  const letter = { queue: 'inbound' as const, code: 'agent-timeout', reason: 'x', attempts: 2, at };
  const whole = { ...letter, channel_id: channel.id, id: eventId, job: 'desperate words' };
  await writeDeadLetter(stage.table, whole, at);
  await erase(channel, chat);
  expect(await stage.table.look(deadLetterKey(channel.id, at, eventId))).toBeNull();
});

test('a chat with more turns than its row can name is erased to the last word', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  for (let said = 0; said < 60; said++)
    await takenTurn(stage, chat, answeredWith(`countless ${said}`));
  expect(await saying(stage, 'countless')).toHaveLength(60);
  expect((await erase(channel, chat)).status).toBe(204);
  expect(await saying(stage, 'countless')).toEqual([]);
  expect(await stage.table.lookAll(`TURNS#${channel.id}#${chat.id}`)).toEqual([]);
});

test('erasing a chat three times at once leaves no words', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  for (let said = 0; said < 28; said++) await takenTurn(stage, chat, answeredWith(`twice ${said}`));
  const answers = await Promise.all([1, 2, 3].map(() => erase(channel, chat)));
  expect(answers.map(({ status }) => status)).toContain(204);
  expect(await saying(stage, 'twice')).toEqual([]);
});

test('messages that come while their chat is erased leave no words, accepted or not', async () => {
  const channel = await stage.channel();
  for (let round = 0; round < 8; round++) {
    const chat = await stage.visitor(channel);
    const body = { to: { chat_id: chat.id }, replies: ['between two endpoints'] };
    const [accepted] = await Promise.all([
      stage.ask(channel, 'POST /messages', body),
      erase(channel, chat),
    ]);
    expect([202, 404]).toContain(accepted.status);
    expect(await saying(stage, 'between two endpoints')).toEqual([]);
  }
});

test('a repeat under the same key is answered the same after the chat was erased, and sends nothing', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const headers = { 'idempotency-key': 'k' };
  const ask = () =>
    stage.ask(channel, 'POST /messages', { to: { chat_id: chat.id }, replies: ['x'] }, { headers });
  const before = await ask();
  await erase(channel, chat);
  await stage.outbound();
  expect((await ask()).text).toBe(before.text);
  expect(await stage.outbound()).toEqual([]);
  for (const key of [
    turnKey(channel.id, 'nothing'),
    deliveryKey(channel.id, 'nothing'),
    sentMessageKey(channel.id, 'nothing'),
    aliasKey(channel.id, 'phone', chat.phone ?? ''),
  ]) {
    expect(await stage.table.look(key)).toBeNull();
  }
});
