// What is neither a person's answer nor news of a message, though it looks like one.
import { expect, test } from 'vitest';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';
import { ANNA, change, onlyItem } from './bodies.ts';

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
  expect(item).toMatchObject({ kind: 'notice', name: 'echo-of-change' });
  expect(item).toHaveProperty('facts', { message_id: expect.stringMatching(/^msg_/), type });
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
