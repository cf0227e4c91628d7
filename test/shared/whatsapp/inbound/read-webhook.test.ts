import { expect, test } from 'vitest';
import type { UnreadReason } from '../../../../shared/contract/inbound-item.ts';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';
import { ANNA, change, JOERG, message, onlyItem, readOne, said } from './bodies.ts';

const hello = (more: Json = {}) => message({ type: 'text', text: { body: 'Hello' }, ...more });
const sent = (more: Json = {}) => ({ id: 'wamid.9', status: 'sent', ...more });
const kinds = (body: Json) => readWebhook(body).map(({ kind }) => kind);

// biome-ignore format: a table reads by column
const unread: { when: string; body: Json; reason: UnreadReason }[] = [
  { when: 'it is empty',                     body: {},                                                         reason: 'nothing-recognised' },
  { when: 'it is something else',            body: { hello: 'world' },                                         reason: 'nothing-recognised' },
  { when: 'it has contacts only',            body: { contacts: [{ wa_id: ANNA.phone }] },                      reason: 'nothing-recognised' },
  { when: 'it has no entry',                 body: { object: 'whatsapp_business_account', entry: [] },         reason: 'nothing-recognised' },
  { when: 'an entry is a number',            body: { entry: [7] },                                             reason: 'entry-unreadable' },
  { when: 'an entry has no change',          body: { entry: [{ id: '1', changes: [] }] },                      reason: 'entry-unreadable' },
  { when: 'a change is a string',            body: { entry: [{ changes: ['x'] }] },                            reason: 'change-unreadable' },
  { when: 'a change has no value',           body: change('messages', null),                                   reason: 'change-unreadable' },
  { when: 'a value is empty',                body: change('messages', {}),                                     reason: 'nothing-recognised' },
  { when: 'messages are an empty list',      body: said(),                                                     reason: 'nothing-recognised' },
  { when: 'echoes are missing',              body: change('smb_message_echoes', {}),                           reason: 'nothing-recognised' },
  { when: 'a message is a list',             body: said([hello()]),                                            reason: 'message-unreadable' },
  { when: 'a message has no id',             body: said(hello({ id: undefined })),                             reason: 'message-without-id' },
  { when: 'a message has a blank id',        body: said(hello({ id: '  ' })),                                  reason: 'message-without-id' },
  { when: 'an id is no id',                  body: said(hello({ id: 'x'.repeat(513) })),                       reason: 'message-without-id' },
  { when: 'a message has no sender',         body: said(hello({ from: null, from_user_id: undefined })),       reason: 'sender-unknown' },
  { when: 'a v1 message has no sender',      body: { messages: [hello({ from: '', from_user_id: '' })] },      reason: 'sender-unknown' },
  { when: 'a status has no id',              body: change('messages', { statuses: [{ status: 'sent' }] }),     reason: 'status-unreadable' },
  { when: 'a status has no status',          body: { statuses: [{ id: 'gBGG1' }] },                            reason: 'status-unreadable' },
  { when: 'a status is a string',            body: { statuses: 'sent' },                                       reason: 'status-unreadable' },
  { when: 'an error is empty',               body: { errors: [{}] },                                           reason: 'error-unreadable' },
  { when: 'an echo has no id',               body: change('smb_message_echoes', { message_echoes: [{ to: ANNA.phone }] }),                 reason: 'echo-without-id' },
  { when: 'an echo names no recipient',      body: change('smb_message_echoes', { message_echoes: [{ id: 'wamid.2' }] }),                  reason: 'recipient-unknown' },
  { when: 'a preference names no visitor',   body: change('user_preferences', { user_preferences: [{ value: 'stop' }] }),                  reason: 'sender-unknown' },
  { when: 'a preference has no known value', body: change('user_preferences', { user_preferences: [{ wa_id: ANNA.phone, value: 'maybe' }] }), reason: 'preference-unreadable' },
  { when: 'a call has no id',                body: change('calls', { calls: [{ event: 'connect' }] }),         reason: 'call-without-id' },
  { when: 'a call names no caller',          body: change('calls', { calls: [{ id: 'wacid.1', event: 'connect', direction: 'USER_INITIATED' }] }), reason: 'sender-unknown' },
  { when: 'a BSUID changes to nothing',      body: change('user_id_update', { user_id_update: [{ wa_id: ANNA.phone, user_id: { previous: ANNA.bsuid } }] }), reason: 'identity-change-unreadable' },
  { when: 'a BSUID update is a word',        body: change('user_id_update', { user_id_update: ['x'] }),        reason: 'identity-change-unreadable' },
  { when: 'a number changes to nothing',     body: said(message({ type: 'system', system: { type: 'user_changed_number' } })), reason: 'identity-change-unreadable' },
];

test.each(unread)('it is kept as evidence when $when', ({ body, reason }) => {
  expect(onlyItem(body)).toMatchObject({ kind: 'unread', reason });
});

test('a body that is no object at all is evidence too', () => {
  for (const body of [null, 7, 'x', [], [hello()]]) {
    expect(onlyItem(body as unknown as Json)).toMatchObject({ reason: 'nothing-recognised' });
  }
});

test('one bad item leaves its neighbours whole, in their order', () => {
  const body = said(
    hello({ id: 'a' }),
    null,
    hello({ id: 'b', from: [], from_user_id: {} }),
    hello({ id: 'c' }),
  );
  expect(kinds(body)).toEqual(['message', 'unread', 'unread', 'message']);
});

test('a lone message, status or entry needs no list', () => {
  const value = { messages: hello(), statuses: sent() };
  const entry = { changes: { field: 'messages', value } };
  expect(kinds({ entry })).toEqual(['message', 'status']);
  expect(kinds(value)).toEqual(['message', 'status']);
});

test('a body that mixes both payload versions is read as both', () => {
  const body = {
    ...said(hello({ id: 'a' })),
    messages: [hello({ id: 'b' })],
    errors: [{ code: 1 }],
  };
  expect(kinds(body)).toEqual(['message', 'message', 'notice']);
  expect(
    readWebhook(body).map((item) => item.kind === 'message' && item.message.payload_version),
  ).toEqual(['v2', 'v1', false]);
});

test('a change without a field is read by what it holds; under another name messages are not', () => {
  const value = { messages: [hello()] };
  expect(kinds({ entry: [{ changes: [{ value }] }] })).toEqual(['message']);
  for (const field of [
    'some_future_field',
    'history',
    'message_echoes',
    '__proto__',
    'constructor',
  ]) {
    expect(kinds(change(field, value))).toEqual(['notice']);
  }
});

test('the same thing twice in one body is one item, and the first wins', () => {
  const first = hello();
  const again = hello({ text: { body: 'Hello again' } });
  const [item, ...others] = readWebhook({ ...said(first, again), messages: [again] });
  expect(item).toMatchObject({ message: { text: 'Hello', payload_version: 'v2' } });
  expect(others).toEqual([]);
});

test('a status is the same only with the same id and the same status', () => {
  const statuses = [sent(), sent({ status: 'read' }), sent(), sent({ id: 'wamid.8' })];
  expect(kinds({ statuses })).toEqual(['status', 'status', 'status']);
});

test('echoes and calls come once too', () => {
  const echo = { id: 'wamid.2', to: ANNA.phone };
  const call = { id: 'wacid.1', from: ANNA.phone, event: 'connect', direction: 'USER_INITIATED' };
  expect(kinds(change('smb_message_echoes', { message_echoes: [echo, echo] }))).toEqual([
    'human-message',
  ]);
  expect(kinds(change('calls', { calls: [call, { ...call, event: 'terminate' }, call] }))).toEqual([
    'call',
    'notice',
  ]);
});

test('what WhatsApp gives no id has the same one of ours each time', () => {
  const stop = { wa_id: ANNA.phone, category: 'marketing_messages', value: 'stop', timestamp: 1 };
  const update = { user_id: { previous: ANNA.bsuid, current: JOERG.bsuid }, timestamp: 1 };
  for (const body of [
    change('user_preferences', { user_preferences: [stop, stop] }),
    change('user_id_update', { user_id_update: [update, update] }),
  ]) {
    const [one, two, ...others] = readWebhook(body);
    expect(one?.kind).toMatch(/preference|identity-change/);
    expect(others).toEqual([]);
    expect(two).toEqual(one);
  }
});

// biome-ignore format: a table reads by column
const times = [
  { timestamp: '1791200060',          at: 1_791_200_060_000 },
  { timestamp: 1_791_200_060,         at: 1_791_200_060_000 },
  { timestamp: '1791200060123',       at: 1_791_200_060_123 },
  { timestamp: 1_791_200_060_123,     at: 1_791_200_060_123 },
  { timestamp: 1_791_200_060.5,       at: 1_791_200_060_500 },
  { timestamp: '1791200060.25',       at: 1_791_200_060_250 },
  { timestamp: undefined,             at: null },
  { timestamp: null,                  at: null },
  { timestamp: '',                    at: null },
  { timestamp: 'yesterday',           at: null },
  { timestamp: '0x10',                at: null },
  { timestamp: 0,                     at: null },
  { timestamp: -5,                    at: null },
  { timestamp: {},                    at: null },
  { timestamp: [1_791_200_060],       at: null },
  { timestamp: Number.NaN,            at: null },
  { timestamp: '9'.repeat(20),        at: null },
  { timestamp: '9'.repeat(400),       at: null },
];

test.each(times)('timestamp $timestamp is $at', ({ timestamp, at }) => {
  expect(readOne({ type: 'text', text: { body: 'x' }, timestamp }).sent_at).toBe(at);
  expect(onlyItem({ statuses: [sent({ timestamp })] })).toMatchObject({ status: { at } });
});
