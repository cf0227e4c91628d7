import { expect, test } from 'vitest';
import { openRequestsStage, tokenOf } from './stage.ts';

const stage = openRequestsStage();
const POST = 'POST /messages';
const HOUR = 60 * 60 * 1000;
const under = (key: string) => ({ headers: { 'idempotency-key': key } });

test('a repeat, late or at once, is answered the same and leads to the same replies', async () => {
  const channel = await stage.channel();
  const body = { to: { phone: '491713940001' }, replies: ['one', 'two'] };
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => stage.ask(channel, POST, body, under('k'))),
  );
  stage.pass(23 * HOUR);
  answers.push(await stage.ask(channel, POST, body, under('k')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const queued = await stage.outbound();
  expect(queued.map(({ job }) => job.reply)).toEqual(['one', 'two']);
  expect(new Set(queued.map(({ job }) => job.accepted_at)).size).toBe(1);
});

test('the order of fields is no other body, other words are', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const said = { type: 'text', text: 'hi', preview_url: false };
  const turned = { preview_url: false, text: 'hi', type: 'text' };
  const ask = (replies: unknown[], more = {}) =>
    stage.ask(channel, POST, { to: { chat_id: chat.id }, replies, ...more }, under('k'));
  const first = await ask([said]);
  expect((await ask([turned])).text).toBe(first.text);
  expect((await ask([said], { note: 'of no meaning' })).text).toBe(first.text);
  for (const other of [ask([said, said]), ask(['hi']), ask([said], { in_reply_to: 'evt_1' })]) {
    const { status, body } = await other;
    expect([status, body.code]).toEqual([422, 'idempotency-key-reused']);
  }
  expect(await stage.outbound()).toHaveLength(1);
});

test('a refused request under a used key makes no chat', async () => {
  const channel = await stage.channel();
  const ask = (phone: string) =>
    stage.ask(channel, POST, { to: { phone }, replies: ['hi'] }, under('k'));
  await ask('491713940010');
  expect((await ask('491713940011')).status).toBe(422);
  expect((await stage.ask(channel, 'GET /chats?phone=491713940011')).status).toBe(404);
});

test('two bodies at once under one key: one is accepted, the other refused', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const answers = await Promise.all(
    ['one', 'two'].map((text) =>
      stage.ask(channel, POST, { to: { chat_id: chat.id }, replies: [text] }, under('race')),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 422]);
  expect(await stage.outbound()).toHaveLength(1);
});

test('after 24 hours a key is free again, and makes new replies', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const ask = (text: string) =>
    stage.ask(channel, POST, { to: { chat_id: chat.id }, replies: [text] }, under('daily'));
  const first = await ask('good morning');
  stage.pass(24 * HOUR);
  const next = await ask('good morning');
  expect(next.status).toBe(202);
  expect(next.body.replies).not.toEqual(first.body.replies);
  expect((await ask('something else')).status).toBe(422);
});

test('a key is one channel’s, and one endpoint’s', async () => {
  const [one, other] = [await stage.channel(), await stage.channel()];
  const body = { to: { phone: '491713940020' }, replies: ['hi'] };
  const answers = await Promise.all(
    [one, other].map((channel) => stage.ask(channel, POST, body, under('k'))),
  );
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  const chatId = String(answers[0]?.body.chat_id);
  const paused = await stage.ask(one, `POST /chats/${chatId}/pause`, { minutes: 5 }, under('k'));
  expect(paused.status).toBe(200);
});

test('a request that was refused does not use its key up', async () => {
  const channel = await stage.channel();
  const wrong = await stage.ask(
    channel,
    POST,
    { to: { phone: '491713940030' }, replies: [''] },
    under('k'),
  );
  expect(wrong.status).toBe(422);
  const unknown = await stage.ask(
    channel,
    POST,
    { to: { chat_id: 'a'.repeat(40) }, replies: ['hi'] },
    under('k'),
  );
  expect(unknown.status).toBe(404);
  const right = await stage.ask(
    channel,
    POST,
    { to: { phone: '491713940030' }, replies: ['hi'] },
    under('k'),
  );
  expect(right.status).toBe(202);
});

// biome-ignore format: a table reads by column
const keys = [
  { what: 'of 255 characters', key: 'k'.repeat(255), status: 202 },
  { what: 'of 256 characters', key: 'k'.repeat(256), status: 422 },
  { what: 'of none',           key: '',              status: 422 },
  { what: 'in another script', key: 'schlüssel ü',   status: 202 },
];

test.each(keys)('a key $what answers $status', async ({ key, status }) => {
  const channel = await stage.channel();
  const body = { to: { phone: '491713940040' }, replies: ['hi'] };
  const answer = await stage.ask(channel, POST, body, under(key));
  expect(answer.status).toBe(status);
  if (status === 422) expect(answer.body.errors?.[0]?.path).toBe('Idempotency-Key');
});

test('an Incoming Request under a key is one event, and a pause ends at one time', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const address = `/incoming_request/${channel.id}::${tokenOf(channel)}`;
  const ask = (body: object) => stage.call(`POST ${address}`, body, under('order 7'));
  const [one, again] = [
    await ask({ chat_id: chat.id, order: 7 }),
    await ask({ chat_id: chat.id, order: 7 }),
  ];
  expect(one.status).toBe(202);
  expect(again.text).toBe(one.text);
  expect(await stage.inbound()).toHaveLength(1);
  expect((await ask({ chat_id: chat.id, order: 8 })).body.code).toBe('idempotency-key-reused');

  const pause = () =>
    stage.ask(channel, `POST /chats/${chat.id}/pause`, { minutes: 5 }, under('lunch'));
  const { body } = await pause();
  stage.pass(60_000);
  expect((await pause()).body.paused_until).toBe(body.paused_until);
});
