import { expect, test } from 'vitest';
import { openThrottle } from '../../../../functions/requests/throttle.ts';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { notificationAnswerSchema } from '../../../../shared/contract/notification-request.ts';
import { idOf } from '../../../../shared/kernel/hash.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { findDelivery } from '../../../../shared/store/delivery/find-delivery.ts';
import { dueKey } from '../../../../shared/store/keys.ts';
import { dieBeforeCall } from '../../../support/die-before-call.ts';
import { openRequestsStage } from '../stage.ts';
import { saying } from '../turns-taken.ts';

const stage = openRequestsStage();
const POST = 'POST /notifications';
const template = { name: 'parcel_arrived', language: 'en', parameters: ['4711'] };
const under = (key: string) => ({ headers: { 'idempotency-key': key } });
/** The scheduled job that looks at the notification when its time is up. */
const scheduledLook = (channel: Channel, replyId: string) =>
  stage.table.look(dueKey(idOf('due', 'notification', channel.id, replyId)));

test('the template is queued for the chat, can be looked up, and its result is looked at in time', async () => {
  const channel = await stage.channel({ notification_timeout_minutes: 7 });
  const chat = await stage.visitor(channel);
  const asked = { to: { chat_id: chat.id }, template, request_id: 'order-4711' };
  const { status, body } = await stage.ask(channel, POST, asked);
  expect(status).toBe(202);
  const answer = parse(notificationAnswerSchema, body);
  expect(answer).toEqual({
    notification_id: expect.stringMatching(/^ntf_[0-9a-f]{32}$/),
    chat_id: chat.id,
    reply_id: expect.stringMatching(/^rep_[0-9a-f]{32}$/),
  });
  const notification = { id: answer.notification_id, request_id: 'order-4711' };
  const [queued, ...more] = await stage.outbound();
  expect(more).toEqual([]);
  expect(queued?.job).toMatchObject({
    chat_id: chat.id,
    reply_id: answer.reply_id,
    automatic: false,
    event_id: null,
    notification,
    reply: { type: 'template', ...template },
  });
  const job = queued?.job ?? expect.fail('nothing queued');
  expect(await findDelivery(stage.table, channel.id, job.reply_id)).toMatchObject({
    queued: true,
    notification,
    parts: {},
  });
  expect(await scheduledLook(channel, job.reply_id)).toMatchObject({
    at: job.accepted_at + 7 * 60_000,
    job: { kind: 'notification', channel_id: channel.id, reply_id: job.reply_id, time_up: true },
  });
});

test('a phone and a request_id that are numbers are the texts of their digits', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, '491713950009');
  const asked = { to: { phone: 491713950009 }, template, request_id: 4711 };
  const { status, body } = await stage.ask(channel, POST, asked);
  expect([status, body.chat_id]).toEqual([202, chat.id]);
  const [queued] = await stage.outbound();
  expect(queued?.job).toMatchObject({ notification: { request_id: '4711' } });
});

test('an unknown phone gets a chat whose visitor has never written', async () => {
  const channel = await stage.channel();
  const { body } = await stage.ask(channel, POST, { to: { phone: '+49 171 3950001' }, template });
  const chat = await stage.ask(channel, `GET /chats/${body.chat_id}`);
  expect(chat.body).toMatchObject({
    channel_chat_id: '491713950001|dialog360',
    last_inbound_at: null,
    dialog: 'closed',
  });
});

test('a template may name its type, and its own id is ignored: two notifications are two replies', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const asked = { to: { chat_id: chat.id }, template: { type: 'template', id: 'x', ...template } };
  const answers = [await stage.ask(channel, POST, asked), await stage.ask(channel, POST, asked)];
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  expect(new Set(answers.map(({ body }) => body.notification_id)).size).toBe(2);
  const replies = (await stage.outbound()).map(({ job }) => job);
  expect(new Set(replies.map(({ reply_id }) => reply_id)).size).toBe(2);
  expect(replies[0]?.reply).toEqual({ type: 'template', ...template });
});

// biome-ignore format: a table reads by column
const wrong: { what: string; asked: Record<string, unknown>; code: string; path: string }[] = [
  { what: 'no template',               asked: {},                                              code: 'request-invalid', path: 'template' },
  { what: 'a name for a template',     asked: { template: 'hello' },                           code: 'request-invalid', path: 'template' },
  { what: 'another kind of reply',     asked: { template: { type: 'text', text: 'hi' } },      code: 'request-invalid', path: 'template.type' },
  { what: 'a template without a name', asked: { template: { language: 'en' } },                code: 'reply-invalid',   path: 'template.name' },
  { what: 'an empty parameter',        asked: { template: { ...template, parameters: [''] } }, code: 'reply-invalid',   path: 'template.parameters.0' },
  { what: 'parameters beside a body',  asked: { template: { ...template, components: [{ type: 'body', parameters: [] }] } }, code: 'reply-invalid', path: 'template' },
  { what: 'a request_id that is long', asked: { template, request_id: 'x'.repeat(257) },       code: 'request-invalid', path: 'request_id' },
  { what: 'no recipient',              asked: { template, to: {} },                            code: 'request-invalid', path: 'to' },
  { what: 'no phone number',           asked: { template, to: { phone: 'abc' } },              code: 'request-invalid', path: 'to.phone' },
];

test.each(wrong)('$what is $code at $path, and makes no chat', async ({ asked, code, path }) => {
  const channel = await stage.channel();
  const answer = await stage.ask(channel, POST, { to: { phone: '491713950002' }, ...asked });
  expect([answer.status, answer.body.code]).toEqual([422, code]);
  expect(answer.body.errors?.map((error) => error.path)).toContain(path);
  expect((await stage.ask(channel, 'GET /chats?phone=491713950002')).status).toBe(404);
  expect(await stage.outbound()).toEqual([]);
});

test('an unknown chat_id is 404, a wrong key 401, and a caller that is too fast 429', async () => {
  const channel = await stage.channel();
  const unknown = { to: { chat_id: 'f'.repeat(40) }, template };
  expect((await stage.ask(channel, POST, unknown)).body.code).toBe('chat-unknown');
  const stranger = await stage.ask(channel, POST, unknown, { authorization: 'Bearer no' });
  expect(stranger.body.code).toBe('unauthorized');
  const calls = openThrottle({ intervalMs: 1_000, burst: 1 }, () => 0);
  const more = { deps: { throttle: { ...stage.deps.throttle, calls } } };
  const asked = { to: { phone: '491713950006' }, template };
  expect((await stage.ask(channel, POST, asked, more)).status).toBe(202);
  const slowed = await stage.ask(channel, POST, asked, more);
  expect(slowed).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
  expect(slowed.headers['retry-after']).toBe('1');
});

test('an inactive channel refuses it, because the agent would not be asked about the result', async () => {
  const channel = await stage.channel({}, { active: false });
  const answer = await stage.ask(channel, POST, { to: { phone: '491713950003' }, template });
  expect(answer).toMatchObject({ status: 409, body: { code: 'channel-inactive' } });
  expect((await stage.ask(channel, 'GET /chats?phone=491713950003')).status).toBe(404);
});

test('repeats under one key, also at the same time, are one notification; another body is refused', async () => {
  const channel = await stage.channel();
  const asked = { to: { phone: '491713950004' }, template };
  const ask = () => stage.ask(channel, POST, asked, under('k'));
  const answers = await Promise.all(Array.from({ length: 30 }, ask));
  stage.pass(60 * 60 * 1000);
  answers.push(await ask());
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const queued = await stage.outbound();
  expect(queued).toHaveLength(1);
  // However late a repeat comes, the time is up when it was.
  const { reply_id, accepted_at } = queued[0]?.job ?? expect.fail('nothing queued');
  expect((await scheduledLook(channel, reply_id))?.at).toBe(accepted_at + 10 * 60_000);
  const other = { ...asked, request_id: 'another' };
  const refused = await stage.ask(channel, POST, other, under('k'));
  expect(refused).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
});

test('a key that was used at the messages endpoint is free at this one', async () => {
  const channel = await stage.channel();
  const to = { phone: '491713950005' };
  const said = { to, replies: [{ type: 'template', ...template }] };
  await stage.ask(channel, 'POST /messages', said, under('k'));
  expect((await stage.ask(channel, POST, { to, template }, under('k'))).status).toBe(202);
  expect(await stage.outbound()).toHaveLength(2);
});

test('erasing the chat erases its words and its request_id, and a repeat sends nothing', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const secret = { ...template, parameters: ['secret words'] };
  const asked = { to: { chat_id: chat.id }, template: secret, request_id: 'secret-order' };
  const before = await stage.ask(channel, POST, asked, under('k'));
  const [queued] = await stage.outbound();
  await stage.ask(channel, `DELETE /chats/${chat.id}`);
  expect(await saying(stage, 'secret-order', 'secret words')).toEqual([]);
  expect(await findDelivery(stage.table, channel.id, queued?.job.reply_id ?? '')).toBeNull();
  expect((await stage.ask(channel, POST, asked, under('k'))).text).toBe(before.text);
  expect(await stage.outbound()).toEqual([]);
  expect((await stage.ask(channel, POST, asked)).body.code).toBe('chat-unknown');
});

/** How many calls to AWS a first notification under a key makes. It survives the last of these deaths. */
const CALLS = 12;
const deaths = Array.from({ length: CALLS + 1 }, (_, at) => at + 1);

test.each(
  deaths,
)('a death before call %i: the agent will be asked about all that was queued, and a repeat does the rest', async (dies) => {
  const channel = await stage.channel();
  const to = { phone: `4917139501${String(dies).padStart(2, '0')}` };
  const hook = dieBeforeCall(dies);
  for (const hooks of [stage.hooks, stage.table.hooks]) hooks.add(hook);
  const died = await stage.ask(channel, POST, { to, template }, under('k'));
  for (const hooks of [stage.hooks, stage.table.hooks]) hooks.delete(hook);
  expect(died.status).toBe(dies > CALLS ? 202 : 503);
  for (const { job } of await stage.outbound()) {
    expect(await scheduledLook(channel, job.reply_id)).not.toBeNull();
  }

  const { status, body } = await stage.ask(channel, POST, { to, template }, under('k'));
  expect(status).toBe(202);
  const replyId = String(body.reply_id);
  expect(await scheduledLook(channel, replyId)).not.toBeNull();
  expect(await findDelivery(stage.table, channel.id, replyId)).toMatchObject({ queued: true });
  const queued = await stage.outbound();
  expect(queued.map(({ job }) => job.reply_id)).toEqual(dies > CALLS ? [] : [replyId]);
});
