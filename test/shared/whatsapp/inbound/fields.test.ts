import { expect, test } from 'vitest';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
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
  { when: 'the old id is named, and the words are no sentence', says: { from: undefined, from_user_id: JOERG.bsuid, system: { type: 'user_changed_user_id', user_id: JOERG.bsuid, previous_user_id: ANNA.bsuid, body: 'Anna has a new id' } }, old: { phone: null, bsuid: ANNA.bsuid }, new: { phone: null, bsuid: JOERG.bsuid } },
  { when: 'the named id and the sentence differ', says: { from_user_id: undefined, system: { type: 'user_changed_user_id', user_id: JOERG.bsuid, previous_user_id: ANNA.bsuid, body: 'User A changed from DE.1 to DE.2' } }, old: ANNA, new: { phone: null, bsuid: JOERG.bsuid } },
  { when: 'only old and new parent ids are named', says: { from: undefined, from_user_id: undefined, system: { type: 'user_changed_user_id', parent_user_id: 'DE.ENT.2', previous_parent_user_id: 'DE.ENT.1' } }, old: { phone: null, bsuid: 'DE.ENT.1', parent_bsuid: 'DE.ENT.1' }, new: { phone: null, bsuid: 'DE.ENT.2', parent_bsuid: 'DE.ENT.2' } },
  { when: 'a new number names the old id',    says: { from_user_id: JOERG.bsuid, system: { type: 'user_changed_number', wa_id: JOERG.phone, user_id: JOERG.bsuid, previous_user_id: ANNA.bsuid } }, old: ANNA, new: JOERG },
  { when: 'the sender is named by the new number and id', says: { from: JOERG.phone, from_user_id: JOERG.bsuid, system: { type: 'user_changed_number', wa_id: JOERG.phone, user_id: JOERG.bsuid, previous_user_id: ANNA.bsuid } }, old: { phone: null, bsuid: ANNA.bsuid }, new: JOERG },
  { when: 'the number stays and the old id is unknown', says: { from_user_id: JOERG.bsuid, system: { type: 'user_changed_user_id', wa_id: ANNA.phone, user_id: JOERG.bsuid } }, old: { phone: ANNA.phone, bsuid: null }, new: { phone: ANNA.phone, bsuid: JOERG.bsuid } },
  { when: 'a parent id comes along',          says: { system: { type: 'user_changed_number', wa_id: JOERG.phone, user_id: JOERG.bsuid, parent_user_id: 'DE.ENT.1' } }, old: ANNA, new: { ...JOERG, parent_bsuid: 'DE.ENT.1' } },
];

test.each(changes)('an identity change is understood when $when', ({ says, old, new: current }) => {
  const item = onlyItem(said(message({ type: 'system', ...says })));
  expect(item).toMatchObject({
    kind: 'identity-change',
    change: { id: 'wamid.1', old, new: current },
  });
});

test('a change that names only the new id is kept as evidence: which chat it is about is not known', () => {
  const system = { type: 'user_changed_user_id', user_id: JOERG.bsuid, body: 'a new id' };
  const says = { from: undefined, from_user_id: JOERG.bsuid, type: 'system', system };
  expect(onlyItem(said(message(says)))).toMatchObject({
    kind: 'unread',
    reason: 'identity-change-unreadable',
  });
});

test('other words between two ids say nothing of a change', () => {
  const body = `User A moved from ${ANNA.bsuid} to ${JOERG.bsuid}`;
  const system = { type: 'user_changed_user_id', user_id: JOERG.bsuid, body };
  const says = { from: undefined, from_user_id: undefined, type: 'system', system };
  expect(onlyItem(said(message(says)))).toMatchObject({ kind: 'unread' });
});

test.each([
  { value: 0, told: 0 },
  { value: 100, told: 100 },
  { value: 101, told: null },
  { value: -1, told: null },
  { value: 491713920042, told: null },
])('the progress of a history is told as $told where it says $value', ({ value, told }) => {
  const chunk = { metadata: { phase: value, progress: value }, threads: [] };
  expect(onlyItem(change('history', { history: [chunk] }))).toMatchObject({
    facts: told === null ? expect.not.objectContaining({ progress: value }) : { progress: told },
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

const handover = (more: Json) =>
  onlyItem(
    change('messaging_handovers', {
      sender: { phone_number: `+${ANNA.phone}` },
      recipient: { phone_number_id: '1' },
      timestamp: '1791200060',
      type: 'control_passed',
      ...more,
    }),
  );
const taken = { type: 'control_taken' };

// biome-ignore format: a table reads by column
const handovers: { when: string; says: Json; holder: string; visitor?: Json }[] = [
  { when: 'it is passed, without a word of roles', says: {},                                                             holder: 'us' },
  { when: 'it is taken, without a word of roles',  says: taken,                                                          holder: 'meta' },
  { when: 'Meta’s agent passes it',                says: { control_passed: { previous_owner_app_role: 'meta_business_agent' } }, holder: 'us' },
  { when: 'it is passed to Meta’s agent',          says: { control_passed: { new_owner_role: 'ai_agent' } },             holder: 'meta' },
  { when: 'it is taken from Meta’s agent',         says: { ...taken, control_taken: { previous_owner_role: 'ai_agent' } }, holder: 'us' },
  { when: 'another app takes it',                  says: { ...taken, control_taken: { new_owner_role: 'escalation' } },  holder: 'meta' },
  { when: 'the number stands under wa_id',         says: { sender: { wa_id: ANNA.phone } },                              holder: 'us' },
  { when: 'the visitor is named by the BSUID',     says: { sender: { user_id: ANNA.bsuid } },                            holder: 'us', visitor: { phone: null, bsuid: ANNA.bsuid } },
  { when: 'a contact adds the BSUID',              says: { contacts: [{ wa_id: ANNA.phone, user_id: ANNA.bsuid }] },     holder: 'us', visitor: ANNA },
];

test.each(handovers)('who has the conversation is read when $when', ({ says, holder, visitor }) => {
  expect(handover(says)).toMatchObject({
    kind: 'control-change',
    change: {
      holder,
      at: 1_791_200_060_000,
      visitor: visitor ?? { phone: ANNA.phone, bsuid: null },
    },
  });
});

test('a handover of a kind we do not know is a notice, one of a visitor who is not named is kept', () => {
  expect(handover({ type: 'control_requested' })).toMatchObject({
    kind: 'notice',
    name: 'messaging-handovers',
    facts: { type: 'control_requested' },
  });
  expect(handover({ sender: {} })).toMatchObject({ kind: 'unread', reason: 'sender-unknown' });
});

test('a repeat of a handover has the same id, another one has another', () => {
  const ids = [{}, {}, taken, { timestamp: '1791200061' }].map((says) => {
    const item = handover(says);
    return item.kind === 'control-change' && item.change.id;
  });
  expect(new Set(ids).size).toBe(3);
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

test('a copy of a conversation that Meta’s own agent has, with nothing in it, is kept as unread', () => {
  for (const value of [{}, { standby: [{}] }, { standby: [{ messages: [] }, {}] }]) {
    expect(onlyItem(change('standby', value))).toMatchObject({
      kind: 'unread',
      reason: 'nothing-recognised',
      raw: value,
    });
  }
});
