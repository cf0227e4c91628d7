import { expect, test } from 'vitest';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';
import { ANNA, change, JOERG } from './bodies.ts';

const text = (id: string, sender: Json) => ({ id, type: 'text', text: { body: id }, ...sender });
const anna = { wa_id: ANNA.phone, user_id: ANNA.bsuid, profile: { name: 'Anna' } };
const joerg = { wa_id: JOERG.phone, user_id: JOERG.bsuid, profile: { name: 'Jörg' } };

/** Who wrote each message of a value: [phone, bsuid, name], or why it could not be read. */
const senders = (contacts: unknown, ...messages: Json[]) =>
  readWebhook(change('messages', { contacts, messages })).map((item) => {
    if (item.kind === 'unread') return item.reason;
    if (item.kind !== 'message') return item.kind;
    const { from, name } = item.message;
    return [from.phone, from.bsuid, name];
  });

const from = ANNA.phone;
const from_user_id = ANNA.bsuid;
const parent = 'DE.ENT.5580193320114477';

// biome-ignore format: a table reads by column
const one = [
  { when: 'both say both',                        contacts: [anna],                              sender: { from, from_user_id },              is: [from, from_user_id, 'Anna'] },
  { when: 'the contact adds the BSUID',           contacts: [anna],                              sender: { from },                            is: [from, from_user_id, 'Anna'] },
  { when: 'the contact adds the phone',           contacts: [anna],                              sender: { from_user_id },                    is: [from, from_user_id, 'Anna'] },
  { when: 'there is a plus',                      contacts: [anna],                              sender: { from: `+${from}` },                is: [from, from_user_id, 'Anna'] },
  { when: 'the phone is a number',                contacts: [{ ...anna, wa_id: Number(from) }],  sender: { from: Number(from) },              is: [from, from_user_id, 'Anna'] },
  { when: 'the BSUID stands in from',             contacts: [anna],                              sender: { from: from_user_id },              is: [from, from_user_id, 'Anna'] },
  { when: 'the BSUID has a form of tomorrow',     contacts: [],                                  sender: { from_user_id: 'de-2.abc_1:2' },    is: [null, 'de-2.abc_1:2', ''] },
  { when: 'the BSUID is a phone',                 contacts: [],                                  sender: { from, from_user_id: from },        is: [from, null, ''] },
  { when: 'only the parent id is known',          contacts: [],                                  sender: { from_parent_user_id: parent },     is: [null, parent, ''] },
  { when: 'the parent id finds the contact',      contacts: [joerg, { ...anna, parent_user_id: parent }], sender: { from_parent_user_id: parent }, is: [from, from_user_id, 'Anna'] },
  { when: 'there is only a username',             contacts: [{ ...anna, profile: { username: '@a' } }], sender: { from },                     is: [from, from_user_id, '@a'] },
  { when: 'the name is empty',                    contacts: [{ ...anna, profile: { name: '', username: '@a' } }], sender: { from },           is: [from, from_user_id, '@a'] },
  { when: 'contacts are an empty list',           contacts: [],                                  sender: { from },                            is: [from, null, ''] },
  { when: 'contacts are null',                    contacts: null,                                sender: { from },                            is: [from, null, ''] },
  { when: 'contacts are a lone object',           contacts: anna,                                sender: { from },                            is: [from, from_user_id, 'Anna'] },
  { when: 'contacts are junk',                    contacts: [null, 1, 'x', [], {}],              sender: { from },                            is: [from, null, ''] },
  { when: 'a stranger\'s contact stands beside',  contacts: [joerg],                             sender: { from, from_user_id },              is: [from, from_user_id, ''] },
  { when: 'the lone contact has no ids',          contacts: [{ profile: { name: 'Anna' } }],     sender: { from },                            is: [from, null, 'Anna'] },
  { when: 'the lone contact has the other id',    contacts: [{ ...anna, wa_id: '' }],            sender: { from },                            is: [from, null, 'Anna'] },
  { when: 'the message has no ids, the contact has', contacts: [anna],                           sender: {},                                  is: [from, from_user_id, 'Anna'] },
  { when: 'the message has no ids, two contacts do', contacts: [anna, joerg],                    sender: {},                                  is: 'sender-unknown' },
  { when: 'neither has an id',                    contacts: [{ profile: { name: 'Anna' } }],     sender: { from: '', from_user_id: null },    is: 'sender-unknown' },
  { when: 'the phone is too short for one',       contacts: [],                                  sender: { from: '1234' },                    is: 'sender-unknown' },
  { when: 'the phone is words',                   contacts: [],                                  sender: { from: 'call me', from_user_id: 'x y' }, is: 'sender-unknown' },
  { when: 'one phone has two BSUIDs',             contacts: [{ ...anna, user_id: JOERG.bsuid }], sender: { from, from_user_id },              is: [from, from_user_id, 'Anna'] },
  { when: 'one BSUID has two phones',             contacts: [{ ...joerg, user_id: from_user_id }], sender: { from, from_user_id },            is: [from, from_user_id, 'Jörg'] },
];

test.each(one)('when $when', ({ contacts, sender, is }) => {
  expect(senders(contacts, text('a', sender))).toEqual([is]);
});

/** As `senders`, of a flat body of the old API. */
const flatSenders = (contacts: unknown[], ...messages: Json[]) =>
  readWebhook({ contacts, messages }).map((item) => {
    if (item.kind === 'unread') return item.reason;
    if (item.kind !== 'message') return item.kind;
    const { from, name } = item.message;
    return [from.phone, from.bsuid, from.username, name];
  });
const other = { wa_id: JOERG.phone, profile: { name: 'Anna', username: '@a' } };

test('on the old API a lone contact names the only sender although the ids differ, and adds no id', () => {
  expect(flatSenders([other], text('a', { from }))).toEqual([[from, null, null, 'Anna']]);
  expect(flatSenders([other], text('a', { from }), text('b', { from }))).toEqual([
    [from, null, null, 'Anna'],
    [from, null, null, 'Anna'],
  ]);
});

test('on the old API it names no sender when there are two contacts, or two senders', () => {
  const third = { wa_id: '491713920099', profile: { name: 'Jörg' } };
  expect(flatSenders([other, third], text('a', { from }))).toEqual([[from, null, null, '']]);
  expect(flatSenders([other], text('a', { from }), text('b', { from: '491713920098' }))).toEqual([
    [from, null, null, ''],
    ['491713920098', null, null, ''],
  ]);
});

test('a status beside a lone contact of another is not that person’s', () => {
  const status = { id: 'gBGG1', status: 'sent', recipient_id: from };
  const [item] = readWebhook({ contacts: [other], statuses: [status] });
  expect(item).toMatchObject({ status: { recipient: { phone: from, bsuid: null } } });
});

test('each message finds its own contact, in whatever order they stand', () => {
  const messages = [text('a', { from: JOERG.phone }), text('b', { from_user_id })];
  const expected = [
    [JOERG.phone, JOERG.bsuid, 'Jörg'],
    [ANNA.phone, ANNA.bsuid, 'Anna'],
  ];
  expect(senders([anna, joerg], ...messages)).toEqual(expected);
  expect(senders([joerg, anna], ...messages)).toEqual(expected);
});

test('a lone contact belongs to no message when two people wrote: words must not reach another chat', () => {
  const noPhone = { ...anna, user_id: undefined };
  expect(senders([noPhone], text('a', { from }), text('b', { from_user_id: JOERG.bsuid }))).toEqual(
    [
      [from, null, 'Anna'],
      [null, JOERG.bsuid, ''],
    ],
  );
});
