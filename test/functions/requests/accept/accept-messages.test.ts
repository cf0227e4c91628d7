import { expect, test } from 'vitest';
import { messagesAnswerSchema } from '../../../../shared/contract/messages-request.ts';
import { hashOf } from '../../../../shared/kernel/hash.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { replyBehind } from '../../../../shared/rules/delivery/replies-of.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { findTurn } from '../../../../shared/store/turns.ts';
import { openRequestsStage } from '../stage.ts';

const stage = openRequestsStage();
const POST = 'POST /messages';

test('replies are queued in their order, in the group of the chat, and not as automatic ones', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const replies = ['one', { type: 'text', text: 'two', id: 'mine' }, { type: 'pause', seconds: 1 }];
  const { status, body } = await stage.ask(channel, POST, {
    to: { chat_id: chat.id },
    replies,
    in_reply_to: 'evt_asked',
  });
  expect(status).toBe(202);
  const answer = parse(messagesAnswerSchema, body);
  expect(answer.chat_id).toBe(chat.id);
  const queued = await stage.outbound();
  expect(queued.map(({ job }) => job.reply)).toEqual(replies);
  expect(queued.map(({ job }) => job.reply_id)).toEqual(answer.replies.map((one) => one.reply_id));
  for (const [index, { job, group }] of queued.entries()) {
    expect(group).toBe(hashOf(channel.id, chat.id));
    expect(job).toMatchObject({
      chat_id: chat.id,
      event_id: 'evt_asked',
      index,
      automatic: false,
      turn_id: expect.stringMatching(/^req_[0-9a-f]{32}$/),
    });
  }
});

test('the turn of a queued reply holds its words, from which it can be sent again', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  await stage.ask(channel, POST, { to: { chat_id: chat.id }, replies: ['one', 'two'] });
  const [, second] = await stage.outbound();
  const { turn_id: eventId, index } = second?.job ?? expect.fail('nothing queued');
  const turn = await findTurn(stage.table, { channelId: channel.id, eventId });
  expect(replyBehind(channel, turn, { index })).toBe('two');
});

test('a reply can be looked up as soon as it is accepted', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const { body } = await stage.ask(channel, POST, { to: { chat_id: chat.id }, replies: ['one'] });
  const [{ reply_id }] = body.replies as [{ reply_id: string }];
  expect(await findDelivery(stage.table, channel.id, reply_id)).toMatchObject({ queued: true });
  const shown = await stage.ask(channel, `GET /replies/${reply_id}`);
  expect(shown).toMatchObject({ status: 200, body: { reply_id, chat_id: chat.id, parts: [] } });
});

test('a chat can be named in four ways', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, '491713930001');
  const names = [
    { chat_id: chat.id },
    { channel_chat_id: '491713930001|dialog360' },
    { phone: '+49 (171) 393-00-01' },
    { phone: '0049 (0)171/393-00-01' },
    { phone: '\u202a+49 171 3930001\u202c' },
    { phone: '491713930001' },
    { phone: 491713930001 },
    { phone: '491713930001', chat_id: null, bsuid: null },
  ];
  for (const to of names) {
    const { status, body } = await stage.ask(channel, POST, { to, replies: ['hi'] });
    expect([status, body.chat_id]).toEqual([202, chat.id]);
  }
});

test('an unknown phone or BSUID gets a chat whose visitor has never written', async () => {
  const channel = await stage.channel();
  const byPhone = await stage.ask(channel, POST, {
    to: { phone: '+49 171 3930002' },
    replies: ['hi'],
  });
  const byBsuid = await stage.ask(channel, POST, {
    to: { bsuid: 'DE.7340021985561204' },
    replies: ['hi'],
  });
  for (const { status, body } of [byPhone, byBsuid]) {
    expect(status).toBe(202);
    expect((await stage.ask(channel, `GET /chats/${body.chat_id}`)).body).toMatchObject({
      last_inbound_at: null,
      window: { open: false, until: null },
      dialog: 'closed',
    });
  }
  const again = await stage.ask(channel, POST, { to: { phone: '491713930002' }, replies: ['hi'] });
  expect(again.body.chat_id).toBe(byPhone.body.chat_id);
});

test('twenty requests at the same time to an unknown phone make one chat', async () => {
  const channel = await stage.channel();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      stage.ask(channel, POST, { to: { phone: '491713930003' }, replies: [`hi ${at}`] }),
    ),
  );
  expect(new Set(answers.map(({ body }) => body.chat_id)).size).toBe(1);
  expect(await stage.outbound()).toHaveLength(20);
});

test('a reply with the caller’s own id is the same reply in another request', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const say = (text: string) =>
    stage.ask(channel, POST, {
      to: { chat_id: chat.id },
      replies: [{ type: 'text', text, id: 'greeting' }],
    });
  const [one, other] = [await say('hello'), await say('hello again')];
  expect(other.body.replies).toEqual(one.body.replies);
});

test('an inactive channel accepts replies: the sender judges whether they can be sent', async () => {
  const channel = await stage.channel({}, { active: false });
  const chat = await stage.visitor(channel);
  const { status } = await stage.ask(channel, POST, { to: { chat_id: chat.id }, replies: ['hi'] });
  expect(status).toBe(202);
  expect(await stage.outbound()).toHaveLength(1);
});

// biome-ignore format: a table reads by column
const unknown = [
  { what: 'an unknown chat_id',              to: { chat_id: 'a'.repeat(40) } },
  { what: 'a chat_id of another form',       to: { chat_id: 'nonsense' } },
  { what: 'an unknown channel_chat_id',      to: { channel_chat_id: '491713939999|dialog360' } },
  { what: 'another connector’s chat id',     to: { channel_chat_id: '491713930001|telegram' } },
];

test.each(unknown)('$what is 404', async ({ to }) => {
  const channel = await stage.channel();
  const { status, body } = await stage.ask(channel, POST, { to, replies: ['hi'] });
  expect([status, body.code]).toEqual([404, 'chat-unknown']);
  expect(await stage.outbound()).toEqual([]);
});

const text = { type: 'text', text: 'hi' };
const deep = (levels: number): unknown => (levels === 0 ? 'x' : [deep(levels - 1)]);
// biome-ignore format: a table reads by column
const invalid = [
  { what: 'an empty body',             body: {},                                                             code: 'request-invalid', path: 'to' },
  { what: 'no recipient',              body: { to: {}, replies: ['hi'] },                                    code: 'request-invalid', path: 'to' },
  { what: 'two names',                 body: { to: { phone: '491', chat_id: 'a' }, replies: ['hi'] },        code: 'request-invalid', path: 'to' },
  { what: 'a phone in a list',         body: { to: { phone: ['491713930001'] }, replies: ['hi'] },               code: 'request-invalid', path: 'to.phone' },
  { what: 'a phone of letters',        body: { to: { phone: 'anna' }, replies: ['hi'] },                     code: 'request-invalid', path: 'to.phone' },
  { what: 'a national number',         body: { to: { phone: '0171 3930001' }, replies: ['hi'] },             code: 'request-invalid', path: 'to.phone' },
  { what: 'a phone as a BSUID',        body: { to: { bsuid: '491713930001' }, replies: ['hi'] },             code: 'request-invalid', path: 'to.bsuid' },
  { what: 'no replies',                body: { to: { phone: '491713930001' } },                              code: 'request-invalid', path: 'replies' },
  { what: 'an empty list',             body: { to: { phone: '491713930001' }, replies: [] },                 code: 'request-invalid', path: 'replies' },
  { what: 'twenty-one replies',        body: { to: { phone: '491713930001' }, replies: Array(21).fill('x') }, code: 'request-invalid', path: 'replies' },
  { what: 'an event that is a number', body: { to: { phone: '491713930001' }, replies: ['x'], in_reply_to: 7 }, code: 'request-invalid', path: 'in_reply_to' },
  { what: 'a blank text',              body: { to: { phone: '491713930001' }, replies: [text, ' '] },        code: 'reply-invalid', path: 'replies.1.text' },
  { what: 'an unknown type',           body: { to: { phone: '491713930001' }, replies: [{ type: 'song' }] }, code: 'reply-invalid', path: 'replies.0.type' },
  { what: 'a url that is no address',  body: { to: { phone: '491713930001' }, replies: [text, text, { type: 'sticker', url: 'x' }] }, code: 'reply-invalid', path: 'replies.2.url' },
  { what: 'the same own id twice',     body: { to: { phone: '491713930001' }, replies: [{ ...text, id: 'a' }, { ...text, id: 'a' }] }, code: 'reply-invalid', path: 'replies.1.id' },
  { what: 'what cannot be rendered',   body: { to: { phone: '491713930001' }, replies: [{ type: 'raw', message: {} }] }, code: 'reply-invalid', path: 'replies.0' },
  { what: '70 levels of nesting',      body: { to: { phone: '491713930001' }, replies: [{ type: 'raw', message: { type: 'text', text: deep(70) } }] }, code: 'reply-invalid', path: 'replies.0' },
];

test.each(invalid)('$what is 422, and nothing is accepted', async ({ body, code, path }) => {
  const channel = await stage.channel();
  const answer = await stage.ask(channel, POST, body);
  expect(answer.status).toBe(422);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.body).toMatchObject({ code, status: 422 });
  expect(answer.body.errors?.map((error) => error.path)).toContain(path);
  expect(await stage.outbound()).toEqual([]);
  const lookup = await stage.ask(channel, 'GET /chats?phone=491713930001');
  expect(lookup.status).toBe(404);
});

// biome-ignore format: a table reads by column
const bodies = [
  { what: 'nothing',              body: undefined,                          status: 400, code: 'payload-unreadable' },
  { what: 'no JSON',              body: '{"to":',                           status: 400, code: 'payload-unreadable' },
  { what: 'a list',               body: [],                                 status: 400, code: 'payload-unreadable' },
  { what: 'over 1 MB',            body: 'x'.repeat(1024 * 1024 + 1),        status: 413, code: 'payload-too-large' },
  { what: 'more than an answer',  body: { to: { phone: '491713930001' }, replies: Array(5).fill('x'.repeat(60_000)) }, status: 413, code: 'payload-too-large' },
];

test.each(bodies)('a body that is $what answers $status', async ({ body, status, code }) => {
  const answer = await stage.ask(await stage.channel(), POST, body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('visitors’ phones and the words of replies are in no log line and in no refusal', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, '491713930777');
  await stage.ask(channel, POST, { to: { chat_id: chat.id }, replies: ['a whispered secret'] });
  const refused = await stage.ask(channel, POST, {
    to: { phone: '491713930777' },
    replies: [{ type: 'text', text: ['a whispered secret'] }],
  });
  for (const said of [stage.logged(), refused.text]) {
    expect(said).not.toMatch(/whispered|491713930777/);
  }
});

test('while SQS is away the answer is 503, and the same key goes on where it stopped', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const body = { to: { chat_id: chat.id }, replies: ['once'] };
  const headers = { 'idempotency-key': 'after the storm' };
  stage.hooks.add(({ moment }) => (moment === 'before' ? 'fail' : 'pass'));
  const lost = await stage.ask(channel, POST, body, { headers });
  expect([lost.status, lost.body.code]).toEqual([503, 'unavailable']);
  stage.hooks.clear();
  const found = await stage.ask(channel, POST, body, { headers });
  expect(found.status).toBe(202);
  expect((await stage.outbound()).map(({ job }) => job.reply)).toEqual(['once']);
});

test('the row of a chat with many requests stays short, and none of its turns is lost', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  for (let said = 0; said < 60; said++) {
    await stage.ask(channel, POST, { to: { chat_id: chat.id }, replies: [`${said}`] });
  }
  const row = await stage.table.look(chatKey(channel.id, chat.id));
  expect((row?.turn_ids as Set<string>).size).toBeLessThanOrEqual(26);
  const aside = await stage.table.lookAll(`TURNS#${channel.id}#${chat.id}`);
  const named = aside.flatMap(({ turn_ids }) => turn_ids as string[]);
  expect(new Set([...named, ...(row?.turn_ids as Set<string>)]).size).toBe(60);
});
