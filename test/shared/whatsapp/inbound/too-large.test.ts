import { expect, test } from 'vitest';
import type { InboundItem } from '../../../../shared/contract/inbound-item.ts';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';
import { message, onlyItem, readOne, said } from './bodies.ts';

const hello = (more: Json = {}) => message({ type: 'text', text: { body: 'Hello' }, ...more });
const sent = (more: Json = {}) => ({ id: 'wamid.9', status: 'sent', ...more });

const LIMIT = 200 * 1024;
const sizeOf = (item: InboundItem) => Buffer.byteLength(JSON.stringify(item));

test('the longest text a person can send travels whole, in any script', () => {
  for (const letter of ['a', 'я', '語', '🙂']) {
    const body = letter.repeat(65_536 / letter.length);
    expect(readOne({ type: 'text', text: { body } })).toMatchObject({
      text: body,
      content: { kind: 'text' },
    });
  }
});

// biome-ignore format: a table reads by column
const large: { when: string; body: Json; becomes: Json }[] = [
  { when: 'a card with a picture in it',    body: said(message({ type: 'contacts', contacts: [{ vcard: 'x'.repeat(LIMIT) }] })),                becomes: { message: { content: { kind: 'unsupported', type: 'contacts', raw: { left_out: 'too-large' }, errors: [] } } } },
  { when: 'an unknown type',                body: said(message({ type: 'poll', poll: 'x'.repeat(LIMIT), errors: [{ code: 1 }] })),              becomes: { message: { content: { kind: 'unsupported', type: 'poll', raw: { left_out: 'too-large' }, errors: [{ code: 1 }] } } } },
  { when: 'a text no phone can send',       body: said(hello({ text: { body: 'x'.repeat(LIMIT) } })),                                           becomes: { message: { text: 'x'.repeat(65_536), content: { kind: 'unsupported', type: 'text' } } } },
  { when: 'an ad',                          body: said(hello({ referral: { body: 'x'.repeat(LIMIT) } })),                                       becomes: { message: { text: 'Hello', referral: { left_out: 'too-large' } } } },
  { when: 'a price',                        body: { statuses: [sent({ pricing: { type: 'x'.repeat(LIMIT) } })] },                               becomes: { status: { message_id: 'wamid.9', pricing: { left_out: 'too-large' } } } },
  { when: 'a thousand errors',              body: { statuses: [sent({ errors: Array.from({ length: 1000 }, () => ({ code: 1, title: 'x'.repeat(1e4) })) })] }, becomes: { status: { errors: [{ code: 1, title: 'x'.repeat(1000) }] } } },
  { when: 'an unknown body',                body: { x: 'x'.repeat(LIMIT) },                                                                     becomes: { kind: 'unread', raw: { left_out: 'too-large' } } },
];

test.each(large)('too large for a queue, $when travels without its raw form', ({
  body,
  becomes,
}) => {
  const item = onlyItem(body);
  expect(item).toMatchObject(becomes);
  expect(sizeOf(item)).toBeLessThan(LIMIT);
});

test('what lies too deep to be written as JSON again is cut off', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  const deeper: unknown = JSON.parse(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`);
  const body = said(
    message({ id: '1', type: 'poll', poll: deep }),
    message({ id: '2', type: 'contacts', contacts: [{ deeper }] }),
    message({
      id: '3',
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { response_json: `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}` },
      },
    }),
    hello({ id: '4', referral: { deeper } }),
    { deeper },
  );
  const items = readWebhook(body);
  expect(items.map(({ kind }) => kind)).toEqual([
    'message',
    'message',
    'message',
    'message',
    'unread',
  ]);
  expect(items.every((item) => sizeOf(item) < 5_000)).toBe(true);
  expect(JSON.stringify(items).split('too-deep').length - 1).toBe(5);
});

test('a key named __proto__ changes no prototype and does not travel', () => {
  const trap = JSON.parse(
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}, "a": 1}',
  );
  const body = said(
    message({ id: '1', type: '__proto__', ...trap }),
    message({ id: '2', type: 'contacts', contacts: [trap] }),
    JSON.parse('{"__proto__": {"id": "wamid.7", "from": "491713920042"}}'),
  );
  const [one, two, three] = readWebhook(body);
  expect(({} as Json).polluted).toBeUndefined();
  expect(JSON.stringify([one, two, three])).not.toMatch(/"__proto__":|polluted/);
  expect(two).toMatchObject({ message: { content: { contacts: [{ a: 1 }] } } });
  expect(three).toMatchObject({ reason: 'message-without-id' });
});

test('a million unreadable items become a hundred pieces of evidence and a count', () => {
  const items = readWebhook(said(...Array.from({ length: 50_000 }, () => 0), hello()));
  expect(items.length).toBe(102);
  expect(items.at(-2)).toMatchObject({ kind: 'message' });
  expect(items.at(-1)).toEqual({
    kind: 'unread',
    reason: 'too-many-unread',
    raw: { count: 49_900 },
  });
});
