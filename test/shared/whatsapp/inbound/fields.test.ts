import { expect, test } from 'vitest';
import type { Json } from '../../../../shared/whatsapp/inbound/foreign-json.ts';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';
import { ANNA, change, JOERG, message, onlyItem, said } from './bodies.ts';

const hello = (more: Json = {}) => message({ type: 'text', text: { body: 'Hello' }, ...more });

test('a wish that was changed back is another wish', () => {
  const wish = { wa_id: ANNA.phone, user_id: ANNA.bsuid, category: 'marketing_messages' };
  const wishes = [
    { ...wish, value: 'stop', timestamp: 1_791_200_000 },
    { ...wish, value: 'resume', timestamp: 1_791_200_001 },
    { ...wish, value: 'stop', timestamp: 1_791_200_002 },
  ];
  const items = readWebhook(change('user_preferences', { user_preferences: wishes }));
  expect(new Set(items.map((item) => item.kind === 'preference' && item.preference.id)).size).toBe(
    3,
  );
  expect(items[1]).toMatchObject({
    preference: { value: 'resume', from: ANNA, at: 1_791_200_001_000 },
  });
});

test('a group message is a notice without words, ids or a sender', () => {
  const group = { group_id: `${ANNA.phone}-1504303076`, type: 'text', text: { body: 'secret' } };
  const item = onlyItem(said(message(group)));
  expect(item).toMatchObject({ kind: 'notice', name: 'group-message', facts: { type: 'text' } });
  expect(JSON.stringify(item)).not.toMatch(/secret|4917139|wamid/);
  const echo = { id: 'wamid.3', to: 'group', ...group };
  expect(onlyItem(change('smb_message_echoes', { message_echoes: [echo] }))).toMatchObject({
    name: 'group-message',
  });
});

test.each([
  'revoke',
  'edit',
  'reaction',
])('an echo of a %s made in the app is no answer of a person', (type) => {
  const echo = {
    id: 'wamid.9',
    to: ANNA.phone,
    timestamp: '1791200060',
    type,
    [type]: { body: 'secret' },
  };
  const item = onlyItem(change('smb_message_echoes', { message_echoes: [echo] }));
  expect(item).toMatchObject({ kind: 'notice', name: 'echo-of-change', facts: { type } });
  expect(JSON.stringify(item)).not.toMatch(/secret|4917139|wamid/);
});

test.each([
  'text',
  'image',
  'unsupported',
  'template',
  undefined,
])('an echo of type %s is an answer', (type) => {
  const echo = { id: 'wamid.9', to: ANNA.phone, timestamp: '1791200060', type };
  const item = onlyItem(change('smb_message_echoes', { message_echoes: [echo] }));
  expect(item).toMatchObject({ kind: 'human-message', message: { id: 'wamid.9' } });
});

const payment = {
  reference_id: 'ref-1',
  amount: { value: 21000, offset: 100 },
  currency: 'INR',
  transaction: { id: 'order-1', type: 'upi', status: 'failed' },
};

test('a status of a payment is news of the payment and of no message', () => {
  const about = { id: 'wamid.7', recipient_id: ANNA.phone, timestamp: '1791200060' };
  const failed = { ...about, type: 'payment', status: 'failed', payment };
  const later = { ...failed, payment: { ...payment, transaction: { id: 'order-2' } } };
  const sent = { ...about, status: 'failed', errors: [{ code: 131026, title: 'x' }] };
  const items = readWebhook(change('messages', { statuses: [failed, failed, later, sent] }));
  expect(items.map(({ kind }) => kind)).toEqual(['payment', 'payment', 'status']);
  expect(items[0]).toMatchObject({
    payment: {
      message_id: 'wamid.7',
      status: 'failed',
      at: 1_791_200_060_000,
      recipient: { phone: ANNA.phone },
      details: payment,
    },
  });
});

test('a status of a type that we do not know moves no message', () => {
  const ringing = { id: 'wamid.8', recipient_id: ANNA.phone, type: 'call', status: 'delivered' };
  expect(onlyItem(change('messages', { statuses: [ringing] }))).toMatchObject({
    kind: 'notice',
    name: 'other-status',
    facts: { type: 'call', status: 'delivered' },
  });
  const v1 = { id: 'gBGG1', recipient_id: ANNA.phone, type: 'message', status: 'delivered' };
  expect(onlyItem({ statuses: [v1] })).toMatchObject({ kind: 'status' });
});

test('history is counted and never read, wherever its messages stand', () => {
  const chunk = { threads: [{ messages: [hello(), hello()] }, { messages: [hello()] }, 'junk'] };
  const item = onlyItem(change('history', { history: [chunk, null], messages: [hello()] }));
  expect(item).toEqual({
    kind: 'notice',
    name: 'history',
    facts: { chunks: 1, threads: 3, messages: 4 },
  });
});

test('only a call that the visitor starts is a call', () => {
  const call = {
    id: 'wacid.1',
    from: ANNA.phone,
    event: 'connect',
    direction: 'USER_INITIATED',
    timestamp: '1791200060',
  };
  const contacts = [{ wa_id: ANNA.phone, profile: { name: 'Anna' } }];
  const read = (more: Json) =>
    onlyItem(change('calls', { contacts, calls: [{ ...call, ...more }] }));
  expect(read({})).toMatchObject({
    kind: 'call',
    call: { id: 'wacid.1', from: { phone: ANNA.phone }, name: 'Anna', at: 1_791_200_060_000 },
  });
  expect(read({ event: 'terminate' })).toEqual({
    kind: 'notice',
    name: 'calls',
    facts: { event: 'terminate', direction: 'USER_INITIATED' },
  });
  expect(read({ direction: 'BUSINESS_INITIATED' })).toMatchObject({
    kind: 'notice',
    name: 'calls',
  });
  expect(read({ direction: undefined })).toMatchObject({ kind: 'notice', name: 'calls' });
});

test('facts of a notice are codes: no words, no phones', () => {
  const value = {
    event: 'please call +49 171 3920042',
    reason: '4917139200',
    alert_info: { alert_type: 'OBA', alert_description: 'words' },
    ban_info: [{ waba_ban_state: 'DISABLE' }, { waba_ban_state: 'REINSTATE' }],
  };
  expect(onlyItem(change('account_alerts', value))).toEqual({
    kind: 'notice',
    name: 'account-alerts',
    facts: { alert_type: 'OBA', waba_ban_state: 'DISABLE REINSTATE' },
  });
  expect(onlyItem(change('some_future_field', { event: 'X' }))).toEqual({
    kind: 'notice',
    name: 'unknown-field',
    facts: { event: 'X', field: 'some_future_field' },
  });
  expect(onlyItem(change('call 49171 3920042', {}))).toEqual({
    kind: 'notice',
    name: 'unknown-field',
    facts: {},
  });
  expect(
    onlyItem({ errors: [{ code: 131030, title: 'Number 491713920042 not allowed' }] }),
  ).toEqual({
    kind: 'notice',
    name: 'provider-error',
    facts: { code: 131030, title: 'Number … not allowed' },
  });
});

// biome-ignore format: a table reads by column
const changes: { when: string; says: Json; old: Json; new: Json }[] = [
  { when: 'only the sentence says it',        says: { from: undefined, from_user_id: undefined, system: { type: 'user_changed_number', body: `User A changed from ${ANNA.phone} to +${JOERG.phone} ` } }, old: { phone: ANNA.phone, bsuid: null }, new: { phone: JOERG.phone, bsuid: null } },
  { when: 'a name pretends to be a sentence', says: { from_user_id: undefined, system: { type: 'user_changed_user_id', user_id: JOERG.bsuid, body: `User changed from DE.1 to DE.2 changed from ${ANNA.bsuid} to ${JOERG.bsuid}` } }, old: ANNA, new: { phone: null, bsuid: JOERG.bsuid } },
  { when: 'the sender is named by the new id', says: { from_user_id: JOERG.bsuid, system: { type: 'user_changed_user_id', user_id: JOERG.bsuid, body: `User A changed from ${ANNA.bsuid} to ${JOERG.bsuid}` } }, old: ANNA, new: { phone: null, bsuid: JOERG.bsuid } },
  { when: 'there is no sentence',             says: { system: { type: 'customer_changed_number', new_wa_id: JOERG.phone } }, old: ANNA, new: { phone: JOERG.phone, bsuid: null } },
  { when: 'a parent id comes along',          says: { system: { type: 'user_changed_number', wa_id: JOERG.phone, user_id: JOERG.bsuid, parent_user_id: 'DE.ENT.1' } }, old: ANNA, new: { ...JOERG, parent_bsuid: 'DE.ENT.1' } },
];

test.each(changes)('an identity change is understood when $when', ({ says, old, new: current }) => {
  const item = onlyItem(said(message({ type: 'system', ...says })));
  expect(item).toMatchObject({
    kind: 'identity-change',
    change: { id: 'wamid.1', old, new: current },
  });
});

test('a BSUID update renames no number, whichever one it names', () => {
  const update = { wa_id: JOERG.phone, user_id: { previous: ANNA.bsuid, current: JOERG.bsuid } };
  const item = onlyItem(change('user_id_update', { user_id_update: [update] }));
  expect(item).toMatchObject({
    change: {
      old: { phone: JOERG.phone, bsuid: ANNA.bsuid },
      new: { phone: null, bsuid: JOERG.bsuid },
    },
  });
});

test('what WhatsApp otherwise says is a notice', () => {
  const item = onlyItem(
    said(message({ type: 'system', system: { type: 'new_thing', body: 'words' } })),
  );
  expect(item).toMatchObject({
    kind: 'notice',
    name: 'system-message',
    facts: { type: 'new_thing' },
  });
  expect(JSON.stringify(item)).not.toContain('words');
});
