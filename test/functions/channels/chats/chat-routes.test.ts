import { expect, test } from 'vitest';
import { chatRecordSchema } from '../../../../shared/contract/chat-record.ts';
import { chatViewSchema } from '../../../../shared/contract/chat-view.ts';
import { identityOf } from '../../../../shared/contract/reply-identity.ts';
import { replyViewSchema } from '../../../../shared/contract/reply-view.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { replyJobs } from '../../../../shared/rules/delivery/reply-jobs.ts';
import { noteTurn } from '../../../../shared/store/chat/turns-of-chat.ts';
import { insertDelivery } from '../../../../shared/store/delivery/insert-delivery.ts';
import { writeTurn } from '../../../../shared/store/turns.ts';
import { someDelivery, somePart } from '../../../support/some-delivery.ts';
import { openLettersStage, someReply } from '../dead-letters/letters-stage.ts';

const stage = openLettersStage();
const HOUR_MS = 60 * 60 * 1000;

test('an operator pauses a chat for so many minutes from now, and resumes it', async () => {
  const channel = await stage.channel();
  const { id } = await stage.visitor(channel);
  const chat = `/admin/channels/${channel.id}/chats/${id}`;
  const before = stage.deps.now();
  const paused = await stage.send(`POST ${chat}/pause`, { minutes: 60 });
  expect(paused.status).toBe(200);
  const until = Date.parse(parse(chatViewSchema, paused.body).paused_until ?? '');
  expect(until - before - HOUR_MS).toBeGreaterThanOrEqual(0);
  expect(stage.deps.now() + HOUR_MS - until).toBeGreaterThanOrEqual(0);
  const shown = parse(chatRecordSchema, (await stage.send(`GET ${chat}`)).body);
  expect(shown.chat.paused_until).not.toBeNull();

  const resumed = await stage.send(`POST ${chat}/resume`);
  expect([resumed.status, resumed.body]).toMatchObject([200, { paused_until: null }]);
});

test.each([
  { body: {}, code: 'request-invalid' },
  { body: { minutes: 0 }, code: 'request-invalid' },
  { body: { minutes: 1.5 }, code: 'request-invalid' },
  { body: 'not JSON', code: 'payload-unreadable' },
])('a pause of $body is refused', async ({ body, code }) => {
  const channel = await stage.channel();
  const { id } = await stage.visitor(channel);
  const answer = await stage.send(`POST /admin/channels/${channel.id}/chats/${id}/pause`, body);
  expect(answer.body).toMatchObject({ code });
});

test('of a chat or a channel that is not there nothing is paused or shown', async () => {
  const channel = await stage.channel();
  const other = await stage.channel();
  const { id } = await stage.visitor(other);
  for (const chat of [id, 'f'.repeat(40)]) {
    const path = `/admin/channels/${channel.id}/chats/${chat}`;
    const pause = await stage.send(`POST ${path}/pause`, { minutes: 1 });
    expect(pause.body).toMatchObject({ status: 404, code: 'chat-unknown' });
    expect((await stage.send(`POST ${path}/resume`)).body).toMatchObject({ code: 'chat-unknown' });
  }
  const nowhere = `/admin/channels/ch_${'0'.repeat(20)}`;
  const unknown = await stage.send(`POST ${nowhere}/chats/${id}/resume`);
  expect(unknown.body).toMatchObject({ code: 'channel-unknown' });
  const reply = await stage.send(`GET ${nowhere}/replies/rep_${'0'.repeat(32)}`);
  expect(reply.body).toMatchObject({ code: 'channel-unknown' });
});

test('a reply is shown as to the agent, with its parts and notes', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const { reply_id } = someReply(channel, chat.id);
  const parts = [somePart('read', { message_id: 'wamid.1', notes: ['caption-moved'] })];
  const place = { channel_id: channel.id, chat_id: chat.id, reply_id };
  await insertDelivery(stage.table, someDelivery(parts, place), stage.deps.now());
  const path = `/replies/${reply_id}`;
  const answer = await stage.send(`GET /admin/channels/${channel.id}${path}`);
  expect(parse(replyViewSchema, answer.body)).toMatchObject({
    reply_id,
    chat_id: chat.id,
    parts: [{ status: 'read', message_id: 'wamid.1' }],
    notes: ['caption-moved'],
  });
  const other = await stage.channel();
  const foreign = await stage.send(`GET /admin/channels/${other.id}${path}`);
  expect(foreign.body).toMatchObject({ status: 404, code: 'reply-unknown' });
});

test.each([
  '491713997001',
  '%2B49%20171%203997001',
  '+49 (171) 399-7001',
])('a chat is found by its phone written as %s', async (phone) => {
  const channel = await stage.channel();
  const { id } = await stage.visitor(channel, '491713997001');
  const query = phone.replaceAll(' ', '%20');
  const found = await stage.send(`GET /admin/channels/${channel.id}/chats?phone=${query}`);
  expect(found.body).toMatchObject({ chat_id: id });
});

test('the newest turn of a chat stands first', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const outcome = { kind: 'later' } as const;
  const ids = Array.from({ length: 6 }, (_, at) => `evt_${String(9 - at).repeat(32)}`);
  for (const [at, eventId] of ids.entries()) {
    await noteTurn(stage.table, chat, eventId, stage.deps.now());
    const written = { chatId: chat.id, outcome, at: stage.deps.now() + at * 1_000 };
    await writeTurn(stage.table, { channelId: channel.id, eventId }, written);
  }
  const { body } = await stage.send(`GET /admin/channels/${channel.id}/chats/${chat.id}`);
  const shown = parse(chatRecordSchema, body).turns.map(({ event_id }) => event_id);
  expect(shown).toEqual(ids.toReversed());
});

test('each reply in the record of a chat names its words by their place in the outcome', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const eventId = `evt_${'1'.repeat(32)}`;
  const answer = {
    replies: ['One', { type: 'text', text: 'Two', id: 'two' }],
    dialog: 'open' as const,
  };
  await noteTurn(stage.table, chat, eventId, stage.deps.now());
  const written = {
    chatId: chat.id,
    outcome: { kind: 'answered' as const, answer },
    at: stage.deps.now(),
  };
  await writeTurn(stage.table, { channelId: channel.id, eventId }, written);
  const jobs = replyJobs({
    channelId: channel.id,
    chatId: chat.id,
    turnId: eventId,
    eventId,
    acceptedAt: stage.deps.now(),
    automatic: true,
    replies: answer.replies,
  });
  const parts = [somePart('read', { attempts: 3 })];
  for (const job of jobs) {
    // The reply with an id of its own was accepted in an earlier turn, whose words are not these.
    const place = {
      ...identityOf(job),
      ...(job.index === 1 && { turn_id: `evt_${'2'.repeat(32)}` }),
    };
    await insertDelivery(stage.table, someDelivery(parts, place), stage.deps.now());
  }
  const { body } = await stage.send(`GET /admin/channels/${channel.id}/chats/${chat.id}`);
  expect(parse(chatRecordSchema, body).turns[0]?.replies).toMatchObject([
    { reply_id: jobs[0]?.reply_id, index: 0, parts: [{ attempts: 3 }] },
    { reply_id: jobs[1]?.reply_id, index: null },
  ]);
});
