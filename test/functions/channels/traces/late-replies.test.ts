import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { traceAnswerSchema } from '../../../../shared/contract/trace-answer.ts';
import type { TurnOutcome } from '../../../../shared/contract/turn.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { messageEventId } from '../../../../shared/rules/agent-event/event-id.ts';
import { replyIdsOf } from '../../../../shared/rules/delivery/reply-ids-of.ts';
import { noteTurn } from '../../../../shared/store/chat/turns-of-chat.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { beginTurn, writeTurn } from '../../../../shared/store/turns.ts';
import { someDelivery, somePart } from '../../../support/some-delivery.ts';
import { openLettersStage } from '../dead-letters/letters-stage.ts';

const stage = openLettersStage();
const LATER: TurnOutcome = { kind: 'later' };
const requestId = (digit: string): string => `req_${digit.repeat(32)}`;

const traced = async (channel: Channel, of: string) =>
  parse(
    traceAnswerSchema,
    (await stage.send(`GET /admin/channels/${channel.id}/trace?of=${of}`)).body,
  );

/** A turn that the chat's row, or a list before it, names. */
async function turnOf(channel: Channel, chat: Chat, eventId: string, outcome: TurnOutcome) {
  await noteTurn(stage.table, chat, eventId, stage.deps.now());
  const written = { chatId: chat.id, outcome, at: stage.deps.now() };
  return writeTurn(stage.table, { channelId: channel.id, eventId }, written);
}

/** Replies that a caller sent, naming the event that they answer. */
async function lateReplies(channel: Channel, chat: Chat, turnId: string, eventId: string) {
  const answer = { replies: ['one', 'two'], dialog: 'open' as const };
  const turn = await turnOf(channel, chat, turnId, { kind: 'answered', answer });
  const ids = replyIdsOf(turn, chat.id);
  for (const reply_id of ids) {
    const place = { channel_id: channel.id, chat_id: chat.id };
    const named = { reply_id, turn_id: turnId, event_id: eventId };
    const delivery = someDelivery([somePart('read')], { ...place, ...named });
    await insertDelivery(stage.table, delivery, stage.deps.now());
  }
  return ids;
}

test('late replies to a message are told of it, also when the chat has had a hundred turns since', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const old = messageEventId(channel.id, 'wamid.old');
  await turnOf(channel, chat, messageEventId(channel.id, 'wamid.older'), LATER);
  await turnOf(channel, chat, old, LATER);
  const first = await lateReplies(channel, chat, requestId('1'), old);
  for (let at = 0; at < 50; at++) {
    await turnOf(channel, chat, messageEventId(channel.id, `wamid.${at}`), LATER);
  }
  const second = await lateReplies(channel, chat, requestId('2'), old);
  await lateReplies(channel, chat, requestId('3'), messageEventId(channel.id, 'wamid.49'));
  for (let at = 50; at < 120; at++) {
    await turnOf(channel, chat, messageEventId(channel.id, `wamid.${at}`), LATER);
  }

  const wanted = [...first, ...second].sort();
  for (const of of [old, 'wamid.old', first[1] ?? '', requestId('1')]) {
    const { stories } = await traced(channel, of);
    expect(stories).toHaveLength(1);
    const [{ trace_id, turns, replies } = expect.fail('it has a story')] = stories;
    expect(trace_id).toBe(old);
    expect(turns.map(({ event_id }) => event_id).sort()).toEqual(
      [old, requestId('1'), requestId('2')].sort(),
    );
    expect(replies.map(({ reply_id }) => reply_id).sort()).toEqual(wanted);
  }
});

test('of a visitor late replies are told with what they answer, and not as a story that waits', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const old = messageEventId(channel.id, 'wamid.old');
  await turnOf(channel, chat, old, LATER);
  for (let at = 0; at < 55; at++) {
    await turnOf(channel, chat, messageEventId(channel.id, `wamid.${at}`), LATER);
  }
  await lateReplies(channel, chat, requestId('1'), old);
  await lateReplies(channel, chat, requestId('2'), old);
  const { stories } = await traced(channel, chat.id);
  expect(stories).toHaveLength(5);
  expect(stories.flatMap(({ turns }) => turns.map(({ event_id }) => event_id))).toEqual(
    expect.arrayContaining([old, requestId('1'), requestId('2')]),
  );
  expect(stories.map(({ trace_id }) => trace_id)).toContain(old);
  expect(stories.flatMap(({ replies }) => replies)).toMatchObject(
    Array.from({ length: 4 }, () => ({ queued: false, parts: [{ status: 'read' }] })),
  );
});

test('replies that name the event of another visitor are told without what belongs to that one', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, '491713997201');
  const other = await stage.visitor(channel, '491713997202');
  const theirs = messageEventId(channel.id, 'wamid.theirs');
  const answer = { replies: ['theirs'], dialog: 'open' as const };
  await turnOf(channel, other, theirs, { kind: 'answered', answer });
  const ids = await lateReplies(channel, chat, requestId('4'), theirs);
  for (const of of [requestId('4'), ids[0] ?? '', chat.id]) {
    const { chat: shown, stories } = await traced(channel, of);
    expect(shown?.chat_id).toBe(chat.id);
    expect(stories).toMatchObject([{ turns: [{ event_id: requestId('4') }] }]);
    expect(stories[0]?.replies.map(({ reply_id }) => reply_id).sort()).toEqual(ids.sort());
  }
});

test('of a visitor the turn is told for which the agent is being asked', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  await turnOf(channel, chat, messageEventId(channel.id, 'wamid.before'), LATER);
  const asked = messageEventId(channel.id, 'wamid.asked');
  await beginTurn(stage.table, { channelId: channel.id, eventId: asked }, stage.deps.now());
  await noteTurn(stage.table, chat, asked, stage.deps.now());
  const { stories } = await traced(channel, chat.id);
  expect(stories.find(({ trace_id }) => trace_id === asked)?.turns).toMatchObject([
    { event_id: asked, ended_at: null, attempts: 1 },
  ]);
});
