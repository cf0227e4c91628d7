import { expect, test } from 'vitest';
import { chatViewSchema } from '../../../../shared/contract/chat-view.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { forgetAlias } from '../../../../shared/store/chat/aliases.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { keepFormerId } from '../../../../shared/store/chat/former-channel-chat-ids.ts';
import { openRequestsStage } from '../stage.ts';

const stage = openRequestsStage();
const MINUTE = 60_000;

test('a chat is shown as it is now', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, '491713960001');
  const { status, body } = await stage.ask(channel, `GET /chats/${chat.id}`);
  expect(status).toBe(200);
  expect(parse(chatViewSchema, body)).toEqual({
    chat_id: chat.id,
    channel_chat_id: '491713960001|dialog360',
    identity: { phone: '491713960001', bsuid: null, username: '@anna' },
    name: 'Anna',
    created_at: new Date(chat.created_at).toISOString(),
    last_inbound_at: new Date(chat.last_inbound_at ?? 0).toISOString(),
    window: {
      open: true,
      until: new Date((chat.last_inbound_at ?? 0) + 24 * 60 * MINUTE).toISOString(),
    },
    dialog: 'open',
    paused_until: null,
    held_by: null,
    parked: 0,
    opted_out: null,
  });
});

test('the dialog and the window close as time passes', async () => {
  const channel = await stage.channel({ dialog_idle_minutes: 60 });
  const chat = await stage.visitor(channel);
  const look = async () => (await stage.ask(channel, `GET /chats/${chat.id}`)).body;
  stage.pass(61 * MINUTE);
  expect(await look()).toMatchObject({ dialog: 'closed', window: { open: true } });
  stage.pass(24 * 60 * MINUTE);
  expect(await look()).toMatchObject({ dialog: 'closed', window: { open: false } });
});

test('a chat is looked up by each of its names', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel, '491713960002');
  const queries = [
    'phone=491713960002',
    'phone=%2B49%20171%20396-0002',
    'phone=+491713960002',
    'channel_chat_id=491713960002%7Cdialog360',
    `chat_id=${chat.id}`,
  ];
  for (const query of queries) {
    const { status, body } = await stage.ask(channel, `GET /chats?${query}`);
    expect([query, status, body.chat_id]).toEqual([query, 200, chat.id]);
  }
});

test('a number means the chat that has it now, or, where none has it, the chat that had it last', async () => {
  const channel = await stage.channel();
  const lookUp = () => stage.ask(channel, 'GET /chats?channel_chat_id=491713960003%7Cdialog360');
  const first = await stage.visitor(channel, '491713960003');
  const alias = { channelId: channel.id, kind: 'phone' as const, value: '491713960003' };
  await keepFormerId(stage.table, first, stage.deps.now());
  await forgetAlias(stage.table, alias, first.id);
  expect((await lookUp()).body.chat_id).toBe(first.id);

  const second = await stage.visitor(channel, '491713960003');
  expect(second.id).not.toBe(first.id);
  expect(second.channel_chat_id).toBe(first.channel_chat_id);
  expect((await lookUp()).body.chat_id).toBe(second.id);

  await keepFormerId(stage.table, second, stage.deps.now());
  await forgetAlias(stage.table, alias, second.id);
  expect((await lookUp()).body.chat_id).toBe(second.id);
});

// biome-ignore format: a table reads by column
const lookups = [
  { what: 'an unknown phone',  query: 'phone=491713969999',                     status: 404, code: 'chat-unknown' },
  { what: 'an unknown BSUID',  query: 'bsuid=DE.1',                             status: 404, code: 'chat-unknown' },
  { what: 'an unknown chat id', query: 'channel_chat_id=DE.1%7Cdialog360',       status: 404, code: 'chat-unknown' },
  { what: 'a long nonsense',   query: `channel_chat_id=${'x'.repeat(200)}`,     status: 404, code: 'chat-unknown' },
  { what: 'no name',           query: 'limit=1',                                status: 422, code: 'request-invalid' },
  { what: 'an empty name',     query: 'phone=',                                 status: 422, code: 'request-invalid' },
  { what: 'two names',         query: 'phone=491713960002&bsuid=DE.1',          status: 422, code: 'request-invalid' },
  { what: 'a phone of letters', query: 'phone=anna',                            status: 422, code: 'request-invalid' },
  { what: 'a BSUID of digits', query: 'bsuid=491713960002',                     status: 422, code: 'request-invalid' },
];

test.each(lookups)('looking up $what answers $status', async ({ query, status, code }) => {
  const channel = await stage.channel();
  const answer = await stage.ask(channel, `GET /chats?${query}`);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test.each([
  'GET ',
  'DELETE ',
  'POST pause',
  'POST resume',
])('%s of an unknown chat is 404', async (endpoint) => {
  const channel = await stage.channel();
  const [method, action] = endpoint.split(' ');
  for (const chatId of ['a'.repeat(40), 'nonsense', 'x'.repeat(3_000)]) {
    const path = `/chats/${chatId}${action ? `/${action}` : ''}`;
    const body = action === 'pause' ? { minutes: 5 } : undefined;
    const answer = await stage.ask(channel, `${method} ${path}`, body);
    expect([answer.status, answer.body.code]).toEqual([404, 'chat-unknown']);
  }
});

test('the chat of another channel is unknown, and stays as it is', async () => {
  const [one, other] = [await stage.channel(), await stage.channel()];
  const chat = await stage.visitor(one);
  expect((await stage.ask(other, `GET /chats/${chat.id}`)).status).toBe(404);
  expect((await stage.ask(other, `DELETE /chats/${chat.id}`)).status).toBe(404);
  expect(await findChat(stage.table, one.id, chat.id)).not.toBeNull();
});
