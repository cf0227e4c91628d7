import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { incomingRequestAnswerSchema } from '../../../../shared/contract/incoming-request.ts';
import { hashOf } from '../../../../shared/kernel/hash.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { closeDialog } from '../../../../shared/store/chat/close-dialog.ts';
import { keyOf, openRequestsStage, type RequestOptions, tokenOf } from '../stage.ts';

const stage = openRequestsStage();
const MINUTE = 60_000;

const send = (
  channel: Channel,
  {
    method = 'POST',
    query = '',
    ...more
  }: RequestOptions & { method?: string; query?: string } = {},
  body?: unknown,
) =>
  stage.askAt(
    `${method} /incoming_request/${channel.id}::${tokenOf(channel)}${query && `?${query}`}`,
    body,
    more,
  );

test('what is queued for the agent has body, query and headers, and whether the request is urgent', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const sent = { order: { id: 7 }, is_urgent: true };
  const headers = { 'x-shop': 'Berlin', authorization: 'Basic secret', cookie: 'a=b' };
  const { status, body } = await send(channel, { query: `chat_id=${chat.id}`, headers }, sent);
  expect(status).toBe(202);
  const { event_id } = parse(incomingRequestAnswerSchema, body);
  expect(event_id).toMatch(/^evt_[0-9a-f]{32}$/);
  const [queued] = await stage.inbound();
  expect(queued).toEqual({
    group: hashOf(channel.id, chat.phone ?? ''), // the group of the visitor's messages
    job: {
      channel_id: channel.id,
      received_at: expect.any(Number),
      item: {
        kind: 'incoming-request',
        request: {
          event_id,
          chat_id: chat.id,
          body: sent,
          headers: { 'content-type': 'application/json', 'x-shop': 'Berlin' },
          query: { chat_id: chat.id },
          is_urgent: true,
        },
      },
    },
  });
});

// biome-ignore format: a table reads by column
const ways = [
  { what: 'GET, all in the query',   ask: { method: 'GET', query: 'chat_id=ID&is_urgent=true' }, body: undefined, urgent: true,  gets: {} },
  { what: 'POST, all in the query',  ask: { query: 'chat_id=ID&is_urgent=1' },                   body: undefined, urgent: true,  gets: {} },
  { what: 'POST, all in the body',   ask: {}, body: { chat_id: 'ID', is_urgent: 'true' },                          urgent: true,  gets: { chat_id: 'ID', is_urgent: 'true' } },
  { what: 'POST, part in each',      ask: { query: 'chat_id=ID' }, body: { is_urgent: true },                       urgent: true,  gets: { is_urgent: true } },
  { what: 'the query over the body',   ask: { query: 'chat_id=ID&is_urgent=false' }, body: { chat_id: 'x', is_urgent: true }, urgent: false, gets: { chat_id: 'x', is_urgent: true } },
  { what: 'the other id',            ask: { query: 'channel_chat_id=PHONE%7Cdialog360' },        body: undefined, urgent: false, gets: {} },
  { what: 'a form',                  ask: { type: 'application/x-www-form-urlencoded' }, body: 'chat_id=ID&name=Anna+B', urgent: false, gets: { chat_id: 'ID', name: 'Anna B' } },
  { what: 'plain text',              ask: { query: 'chat_id=ID', type: 'text/plain' },           body: 'Hello',   urgent: false, gets: 'Hello' },
  { what: 'a list',                  ask: { query: 'chat_id=ID' },                               body: [1, 2],    urgent: false, gets: [1, 2] },
  { what: 'an empty body',           ask: { query: 'chat_id=ID' },                               body: '',        urgent: false, gets: {} },
  { what: 'a mark of the byte order', ask: { query: 'chat_id=ID' },                              body: '\ufeff{"a":1}', urgent: false, gets: { a: 1 } },
  { what: 'an id that is null',      ask: {}, body: { chat_id: null, channel_chat_id: 'PHONE|dialog360' },             urgent: false, gets: { chat_id: null, channel_chat_id: 'PHONE|dialog360' } },
  { what: 'broken JSON',             ask: { query: 'chat_id=ID' },                               body: '{"a":',   urgent: false, gets: '{"a":' },
];

test.each(ways)('$what', async ({ ask, body, urgent, gets }) => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const filled = <T>(value: T): T =>
    JSON.parse(
      (JSON.stringify(value) ?? 'null')
        .replaceAll('"ID"', `"${chat.id}"`)
        .replaceAll('=ID', `=${chat.id}`)
        .replaceAll('PHONE', chat.phone ?? ''),
    );
  const { status } = await send(
    channel,
    filled(ask),
    body === undefined ? undefined : filled(body),
  );
  expect(status).toBe(202);
  const [queued] = await stage.inbound();
  expect(queued?.job.item).toMatchObject({
    request: { chat_id: chat.id, is_urgent: urgent, body: filled(gets) },
  });
});

// biome-ignore format: a table reads by column
const sizes = [
  { what: '64 KB',            body: (id: string) => ({ chat_id: id, pad: 'x'.repeat(64 * 1024 - 63) }), isWhole: true },
  { what: 'one byte more',    body: (id: string) => ({ chat_id: id, pad: 'x'.repeat(64 * 1024 - 62) }), isWhole: false },
  { what: '3 MB',             body: () => 'x'.repeat(3 * 1024 * 1024), isWhole: false },
  { what: 'JSON nested 30 000 levels deep', body: () => '['.repeat(30_000) + ']'.repeat(30_000), isWhole: false },
];

test.each(sizes)('a request with a body of $what is accepted', async ({ body, isWhole }) => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const sent = body(chat.id);
  const { status } = await send(channel, { query: `chat_id=${chat.id}` }, sent);
  expect(status).toBe(202);
  const [queued] = await stage.inbound();
  expect(queued?.job.item).toMatchObject({ request: { body: isWhole ? sent : {} } });
});

test('each request is an event of its own, in order, in one group', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const ids: unknown[] = [];
  for (const order of [1, 2, 3]) {
    ids.push((await send(channel, {}, { chat_id: chat.id, order })).body.event_id);
  }
  const queued = await stage.inbound();
  expect(new Set(queued.map(({ group }) => group)).size).toBe(1);
  const events = queued.map(({ job }) => 'request' in job.item && job.item.request.event_id);
  expect(events).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
});

test('by option an open dialog refuses a request, unless it is urgent or the dialog was idle for long', async () => {
  const channel = await stage.channel({
    incoming_request_when_open: 'refuse',
    dialog_idle_minutes: 30,
  });
  const deliver = await stage.channel();
  const chat = await stage.visitor(channel);
  const ask = async (query = '') =>
    (await send(channel, { query: `chat_id=${chat.id}${query}` })).body.code ?? 'taken';
  expect(await ask()).toBe('dialog-open');
  expect(await ask('&is_urgent=true')).toBe('taken');
  await closeDialog(stage.table, chat, stage.deps.now());
  expect(await ask()).toBe('taken');
  const other = await stage.visitor(channel);
  stage.pass(30 * MINUTE);
  expect((await send(channel, { query: `chat_id=${other.id}` })).status).toBe(202);
  const open = await stage.visitor(deliver);
  expect((await send(deliver, { query: `chat_id=${open.id}` })).status).toBe(202);
});

// biome-ignore format: a table reads by column
const refusals = [
  { what: 'a chat id without a chat', query: `chat_id=${'a'.repeat(40)}`,        status: 404, code: 'chat-unknown' },
  { what: 'no chat id',             query: '',                                 status: 422, code: 'request-invalid' },
  { what: 'an empty chat id',       query: 'chat_id=',                         status: 422, code: 'request-invalid' },
];

test.each(refusals)('$what answers $status and queues nothing', async ({ query, status, code }) => {
  const answer = await send(await stage.channel(), { query });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(await stage.inbound()).toEqual([]);
});

test('a chat id that is a number is refused', async () => {
  const { status, body } = await send(await stage.channel(), {}, { chat_id: 7 });
  expect(status).toBe(422);
  expect(body.errors).toEqual([{ path: 'chat_id', detail: 'must be text' }]);
});

test('an inactive channel refuses the request, because the agent would not be asked', async () => {
  const channel = await stage.channel({}, { active: false });
  const chat = await stage.visitor(channel);
  const answer = await send(channel, { query: `chat_id=${chat.id}` });
  expect([answer.status, answer.body.code]).toEqual([409, 'channel-inactive']);
});

test('only the channel’s own token in the path opens it: everything else gets the same 401', async () => {
  const [channel, other] = [await stage.channel(), await stage.channel()];
  const addresses = [
    channel.id,
    `${channel.id}::`,
    `${channel.id}::wrong`,
    `${channel.id}::${keyOf(channel)}`,
    `${channel.id}::${tokenOf(other)}`,
    `${other.id}::${tokenOf(channel)}`,
    `${channel.id}:${tokenOf(channel)}`,
    `${channel.id}::${tokenOf(channel)}::x`,
    '::',
    'nonsense',
  ];
  const answers = await Promise.all(
    addresses.map((address) => stage.askAt(`GET /incoming_request/${address}?chat_id=x`)),
  );
  expect(answers.map(({ status }) => status)).toEqual(addresses.map(() => 401));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const encoded = `${channel.id}%3A%3A${tokenOf(channel)}`;
  expect((await stage.askAt(`GET /incoming_request/${encoded}?chat_id=x`)).status).toBe(404);
});
