import { expect, test } from 'vitest';
import type { Content } from '../../../../shared/contract/message.ts';
import { sharedPhone } from '../../../../shared/rules/identity/shared-phone.ts';

const from = { phone: null, bsuid: 'DE.7340021985561204', username: null };
const phone = (more: object) => ({ phone: '+49 171 3920042', ...more });
const card = (more: object, ...phones: unknown[]) => ({
  name: { formatted_name: 'A' },
  phones,
  ...more,
});
const asked = { origin: 'contact_request' };

// biome-ignore format: a table reads by column
const cases: { what: string; contacts: Record<string, unknown>[]; is: string | null }[] = [
  { what: 'the number that was asked for',                contacts: [card(asked, phone({ wa_id: '491713920042' }))],           is: '491713920042' },
  { what: 'the same, without a WhatsApp id',              contacts: [card(asked, phone({}))],                                 is: '491713920042' },
  { what: 'the own number with another beside it',        contacts: [card(asked, phone({}), { phone: '+49 171 3920043' })],   is: null },
  { what: 'a card that names the sender’s own id',        contacts: [card({}, phone({ user_id: from.bsuid }))],               is: '491713920042' },
  { what: 'a card of another WhatsApp user',              contacts: [card({}, phone({ user_id: 'DE.1', wa_id: '491713920042' }))], is: null },
  { what: 'a card that says nothing of whose it is',      contacts: [card({}, phone({ wa_id: '491713920042' }))],             is: null },
  { what: 'a card of another origin',                     contacts: [card({ origin: 'other' }, phone({}))],                   is: null },
  { what: 'a number that is none',                        contacts: [card(asked, { phone: 'call me' })],                      is: null },
  { what: 'phones that are none',                         contacts: [card(asked, 7, null), { ...asked, phones: 'x' }],        is: null },
  { what: 'no card',                                      contacts: [],                                                       is: null },
];
test.each(cases)('$what: $is', ({ contacts, is }) => {
  expect(sharedPhone({ content: { kind: 'contacts', contacts }, from })).toBe(is);
});

test('a visitor without an id of WhatsApp’s has no card with an id of nothing', () => {
  const contacts = [card({}, phone({ user_id: null }))];
  const known = { phone: '491700000001', bsuid: null, username: null };
  expect(sharedPhone({ content: { kind: 'contacts', contacts }, from: known })).toBeNull();
});

test('any other message says no number', () => {
  const content: Content = { kind: 'text' };
  expect(sharedPhone({ content, from })).toBeNull();
});
