import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { traceAnswerSchema } from '../../../../shared/contract/trace-answer.ts';
import type { Turn } from '../../../../shared/contract/turn.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { messageEventId } from '../../../../shared/rules/agent-event/event-id.ts';
import { replyIdsOf } from '../../../../shared/rules/delivery/reply-ids-of.ts';
import { noteTurn } from '../../../../shared/store/chat/turns-of-chat.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { recordSentMessage } from '../../../../shared/store/delivery/sent-messages.ts';
import { writeTurn } from '../../../../shared/store/turns.ts';
import { someDelivery, somePart } from '../../../support/some-delivery.ts';
import { openLettersStage } from '../dead-letters/letters-stage.ts';

const stage = openLettersStage();

const ask = (channel: Channel, of: string) =>
  stage.send(`GET /admin/channels/${channel.id}/trace?of=${encodeURIComponent(of)}`);
const traced = async (channel: Channel, of: string) =>
  parse(traceAnswerSchema, (await ask(channel, of)).body);

/** The turn of a message, with what the agent answered. */
async function answered(channel: Channel, chat: Chat, messageId: string, replies: unknown[]) {
  const eventId = messageEventId(channel.id, messageId);
  await noteTurn(stage.table, chat, eventId, stage.deps.now());
  const outcome = { kind: 'answered', answer: { replies, dialog: 'open' } } as Turn['outcome'] & {};
  const written = { chatId: chat.id, outcome, at: stage.deps.now() };
  return writeTurn(stage.table, { channelId: channel.id, eventId }, written);
}

test('a reply that the sender has not come to is queued, and another shows what 360dialog said, without what it repeats', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const turn = await answered(channel, chat, 'wamid.1', ['a secret word', 'another']);
  const [first = '', second = ''] = replyIdsOf(turn, chat.id);
  const reason = 'Cannot be sent to 491713920042';
  const part = somePart('failed', { code: 'provider-131026', reason, message_id: 'wamid.out' });
  const named = { event_id: turn.event_id, turn_id: turn.event_id, reply_id: first };
  const place = { channel_id: channel.id, chat_id: chat.id };
  await insertDelivery(stage.table, someDelivery([part], { ...place, ...named }), stage.deps.now());
  const owner = { chatId: chat.id, replyId: first, part: 0, round: 0 as const, id: null };
  const message = { channelId: channel.id, messageId: 'wamid.out' };
  await recordSentMessage(stage.table, message, owner, stage.deps.now());

  for (const of of ['wamid.1', 'wamid.out', first, turn.event_id, chat.id]) {
    const { body } = await ask(channel, of);
    expect(JSON.stringify(body)).not.toMatch(/secret|another|491713920042[^"]/);
    const { stories } = parse(traceAnswerSchema, body);
    expect(stories).toMatchObject([
      { trace_id: turn.event_id, turns: [{ outcome: 'answered', replies: 2 }], replies: [{}, {}] },
    ]);
    const byId = new Map(stories[0]?.replies.map((one) => [one.reply_id, one]));
    expect(byId.get(second)).toMatchObject({ queued: true, parts: [] });
    expect(byId.get(first)).toMatchObject({
      queued: false,
      parts: [{ status: 'failed', code: 'provider-131026', attempts: 1 }],
    });
    expect(byId.get(first)?.parts[0]?.reason).toMatch(/^Cannot be sent to /);
  }
});

test('a message that a newer one answers for leads to both stories', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const newer = await answered(channel, chat, 'wamid.2', []);
  const eventId = messageEventId(channel.id, 'wamid.1');
  const outcome = { kind: 'merged', into: newer.event_id } as const;
  const written = { chatId: chat.id, outcome, at: stage.deps.now() };
  await writeTurn(stage.table, { channelId: channel.id, eventId }, written);
  await noteTurn(stage.table, chat, eventId, stage.deps.now());
  expect((await traced(channel, 'wamid.1')).stories).toMatchObject([
    { trace_id: eventId, turns: [{ merged_into: newer.event_id }] },
    { trace_id: newer.event_id, turns: [{ outcome: 'answered' }] },
  ]);
});

test('of a visitor the five newest stories are told, the newest first', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, '491713997100');
  const ids: string[] = [];
  for (let at = 0; at < 6; at++) {
    const eventId = messageEventId(channel.id, `wamid.${at}`);
    await noteTurn(stage.table, chat, eventId, stage.deps.now());
    const written = { chatId: chat.id, outcome: { kind: 'later' } as const, at: 1_000 * at };
    await writeTurn(stage.table, { channelId: channel.id, eventId }, written);
    ids.push(eventId);
  }
  const { stories, chat: shown } = await traced(channel, '+49 171 3997100');
  expect(stories.map(({ trace_id }) => trace_id)).toEqual(ids.slice(1).toReversed());
  expect(shown).toMatchObject({ chat_id: chat.id, phone: '491713997100' });
  expect(shown).not.toHaveProperty('name');
});

test('a turn that was lost before it had a chat shows its letter', async () => {
  const channel = await stage.channel();
  const { letter, eventId } = await stage.lostTurn(channel);
  const answer = await traced(channel, eventId);
  expect(answer.dead_letters).toMatchObject([{ id: letter.letterId, event_id: eventId }]);
  const other = await stage.visitor(channel, '491713997101');
  await stage.letter(channel);
  expect((await traced(channel, other.id)).dead_letters).toEqual([]);
});

test('of another channel, of nothing and of what is not there nothing is told', async () => {
  const channel = await stage.channel();
  const other = await stage.channel();
  const chat = await stage.visitor(channel);
  const { event_id: eventId } = await answered(channel, chat, 'wamid.1', []);
  expect(await traced(other, eventId)).toMatchObject({
    channel: { id: other.id },
    chat: null,
    stories: [{ trace_id: eventId, turns: [], replies: [] }],
  });
  expect((await traced(channel, `rep_${'0'.repeat(32)}`)).stories).toEqual([]);
  expect((await ask(channel, '')).body).toMatchObject({ status: 422, code: 'request-invalid' });
  const nowhere = { ...channel, id: `ch_${'0'.repeat(20)}` };
  expect((await ask(nowhere, eventId)).body).toMatchObject({ code: 'channel-unknown' });
});
