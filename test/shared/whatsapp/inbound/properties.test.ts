import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InboundItem } from '../../../../shared/contract/inbound-item.ts';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';
import { countRawItems } from '../../../support/count-raw-items.ts';

/** Few people and few ids, so that they meet. */
const people = [1, 2, 3].map((n) => ({
  phone: `49171392000${n}`,
  bsuid: `DE.734002198556120${n}`,
}));
const person = fc.constantFrom(...people);
const id = fc.integer({ min: 1, max: 30 }).map((n) => `wamid.${n}`);
const junk = fc.constantFrom<unknown[]>(null, 0, 'junk', {}, { id: '' }, { type: 'text' });

const sender = fc
  .tuple(person, fc.boolean(), fc.boolean())
  .map(([{ phone, bsuid }, hidePhone, hideBsuid]) => ({
    ...(!hidePhone && { from: phone }),
    ...((!hideBsuid || hidePhone) && { from_user_id: bsuid }),
  }));
const says = fc.constantFrom<Json[]>(
  { type: 'text', text: { body: 'Hello' } },
  { type: 'image', image: { id: '14' } },
  { type: 'system', system: { type: 'user_changed_number', wa_id: '491713920099' } },
  { type: 'text', text: { body: 'Hello' }, group_id: 'g' },
  { type: 'tomorrow' },
);
const message = fc
  .tuple(id, sender, says)
  .map(([id, sender, says]) => ({ id, ...sender, ...says }));
const status = fc
  .tuple(id, fc.constantFrom('sent', 'read', 'failed', 'deleted'))
  .map(([id, status]) => ({ id, status }));
const contact = fc
  .tuple(person, fc.constantFrom('Anna', 'Jörg', undefined), fc.boolean(), fc.boolean())
  .map(([{ phone, bsuid }, name, hidePhone, hideBsuid]) => ({
    profile: { name },
    ...(!hidePhone && { wa_id: phone }),
    ...(!hideBsuid && { user_id: bsuid }),
  }));

const some = <T>(thing: fc.Arbitrary<T>) =>
  fc.array(
    fc.oneof(
      { weight: 9, arbitrary: thing as fc.Arbitrary<unknown> },
      { weight: 1, arbitrary: junk },
    ),
    { maxLength: 8 },
  );
const value = fc.record(
  {
    contacts: some(contact),
    messages: some(message),
    statuses: some(status),
    errors: some(fc.constant({ code: 1 })),
  },
  { requiredKeys: [] },
);
const change = fc.record(
  {
    field: fc.constantFrom('messages', 'history', 'account_update', 'tomorrow'),
    value: fc.oneof(value, junk),
  },
  { requiredKeys: ['value'] },
);
const entry = fc.record({ changes: fc.oneof(some(change), junk) });
const body: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ object: fc.constant('whatsapp_business_account'), entry: some(entry) }),
  value,
  fc.tuple(fc.record({ entry: some(entry) }), value).map(([v2, v1]) => ({ ...v2, ...v1 })),
);

test('whatever arrives, events and statuses and unread ones are as many as there are items', () => {
  fc.assert(
    fc.property(body, (body) => {
      expect(readWebhook(body).length).toBe(countRawItems(body));
    }),
    { numRuns: 1000 },
  );
});

const idOf = (item: InboundItem) => item.kind === 'message' && item.message.id;
const isDirect = (raw: unknown): raw is { id: string } => {
  const { id, type, group_id, from, from_user_id } = (raw ?? {}) as Json;
  return Boolean(id && (from || from_user_id) && !group_id && type !== 'system');
};

test('messages keep their order, each at its first place', () => {
  fc.assert(
    fc.property(fc.array(some(message), { maxLength: 5 }), (lists) => {
      const changes = lists.map((messages) => ({ field: 'messages', value: { messages } }));
      const raw = lists.flat().filter((one) => one !== null && typeof one === 'object') as Json[];
      const first = new Map([...raw].reverse().map((one) => [one.id, one]));
      const expected = raw.filter((one) => first.get(one.id) === one && isDirect(one));

      const read = readWebhook({ entry: [{ changes }] })
        .map(idOf)
        .filter(Boolean);
      expect(read).toEqual(expected.map(({ id }) => id));
    }),
    { numRuns: 500 },
  );
});

const shuffledContacts = some(contact).chain((contacts) =>
  fc.tuple(fc.constant(contacts), fc.shuffledSubarray(contacts, { minLength: contacts.length })),
);

test('shuffling contacts changes nothing', () => {
  // Where nothing can be read the whole body is the evidence, contacts included.
  const rest = fc
    .record({ messages: some(message), statuses: some(status) })
    .filter(({ messages, statuses }) => messages.length + statuses.length > 0);
  fc.assert(
    fc.property(shuffledContacts, rest, ([contacts, shuffled], rest) => {
      expect(readWebhook({ ...rest, contacts: shuffled })).toEqual(
        readWebhook({ ...rest, contacts }),
      );
    }),
    { numRuns: 1000 },
  );
});

test('no message gets the phone or BSUID of another visitor', () => {
  const honest = fc.uniqueArray(contact, { selector: (one) => JSON.stringify(one) });
  fc.assert(
    fc.property(honest, some(message), (contacts, messages) => {
      for (const item of readWebhook({ contacts, messages })) {
        if (item.kind !== 'message') continue;
        const { phone, bsuid } = item.message.from;
        const owner = people.find((one) => one.phone === phone || one.bsuid === bsuid);
        if (phone) expect(phone).toBe(owner?.phone);
        if (bsuid) expect(bsuid).toBe(owner?.bsuid);
      }
    }),
    { numRuns: 1000 },
  );
});
