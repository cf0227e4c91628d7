import { expect, test } from 'vitest';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
import { ANNA, onlyItem } from './bodies.ts';

const sent = (more: Json = {}) => ({ id: 'wamid.9', status: 'sent', ...more });

// biome-ignore format: a table reads by column
const statuses: { when: string; says: Json; is: Json }[] = [
  { when: 'the callback is ours',             says: { biz_opaque_callback_data: 'rpl_1;0' },              is: { callback: 'rpl_1;0' } },
  { when: 'the callback is too long',         says: { biz_opaque_callback_data: 'x'.repeat(513) },        is: { callback: null } },
  { when: 'the recipient is in the message',  says: { message: { recipient_id: ANNA.phone } },            is: { recipient: { phone: ANNA.phone, bsuid: null } } },
  { when: 'the recipient is a BSUID',         says: { recipient_id: ANNA.bsuid },                         is: { recipient: { phone: null, bsuid: ANNA.bsuid } } },
  { when: 'the parent has its old name',      says: { parent_recipient_user_id: 'DE.ENT.1' },             is: { recipient: { phone: null, bsuid: 'DE.ENT.1', parent_bsuid: 'DE.ENT.1' } } },
  { when: 'no recipient is named',            says: {},                                                   is: { recipient: { phone: null, bsuid: null } } },
  { when: 'errors are odd',                   says: { errors: [null, { code: '131026' }, { title: 't' }] }, is: { errors: [{ code: 131026, title: '' }, { code: 131000, title: 't' }] } },
  { when: 'pricing is a word',                says: { pricing: 'free' },                                  is: { errors: [] } },
];

test.each(statuses)('a status is read when $when', ({ says, is }) => {
  expect(onlyItem({ statuses: [sent(says)] })).toMatchObject({ kind: 'status', status: is });
});

test.each(['deleted', 'sending', 'warning', 'constructor'])('status %s is a notice', (status) => {
  const item = onlyItem({ statuses: [sent({ status })] });
  expect(item).toMatchObject({ kind: 'notice', name: 'other-status', facts: { status } });
  expect(JSON.stringify(item)).not.toContain('wamid');
});

test('a status learns the BSUID from its contact', () => {
  const contacts = [{ wa_id: ANNA.phone, user_id: ANNA.bsuid, profile: { username: '@a' } }];
  const item = onlyItem({ contacts, statuses: [sent({ recipient_id: ANNA.phone })] });
  expect(item).toMatchObject({ status: { recipient: { ...ANNA, username: '@a' } } });
  const other = onlyItem({ contacts, statuses: [sent({})] });
  expect(other).toMatchObject({ status: { recipient: { phone: null, bsuid: null } } });
});
