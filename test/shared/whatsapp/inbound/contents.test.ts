import { expect, test } from 'vitest';
import { message, onlyItem, readOne } from './bodies.ts';

// The kinds themselves are in the goldens; here is what is odd about them.

// biome-ignore format: a table reads by column
const read = [
  { when: 'a text is empty',                       says: { type: 'text', text: { body: '' } },                                                              content: { kind: 'text' }, text: '' },
  { when: 'audio does not say whether it is voice', says: { type: 'audio', audio: { id: '14' } },                                                           content: { kind: 'audio', file: { id: '14' } }, text: '' },
  { when: 'a file has a number for its id',        says: { type: 'image', image: { id: 1430000000000001, caption: 'c' } },                                  content: { kind: 'image', file: { id: '1430000000000001' } }, text: 'c' },
  { when: 'a file has no id',                      says: { type: 'video', video: { caption: 'c', id: '' } },                                                content: { kind: 'video', file: { id: null } }, text: 'c' },
  { when: 'a place has strings for numbers',       says: { type: 'location', location: { latitude: '52.5', longitude: '-13' } },                            content: { kind: 'location', latitude: 52.5, longitude: -13 }, text: '' },
  { when: 'a place is the pole, on the date line', says: { type: 'location', location: { latitude: -90, longitude: 180 } },                            content: { kind: 'location', latitude: -90, longitude: 180 }, text: '' },
  { when: 'the card is the own one, said outside', says: { type: 'contacts', origin: 'contact_request', contacts: [{ phones: [] }] },                       content: { kind: 'contacts', contacts: [{ origin: 'contact_request', phones: [] }] }, text: '' },
  { when: 'the card says so itself',               says: { type: 'contacts', origin: 'x', contacts: [{ origin: 'other' }, null] },                          content: { kind: 'contacts', contacts: [{ origin: 'other' }] }, text: '' },
  { when: 'a button has no id',                    says: { type: 'interactive', interactive: { type: 'button_reply', button_reply: { title: 'Yes' } } },    content: { kind: 'choice', option: { id: 'Yes', label: 'Yes' }, via: 'tap' }, text: 'Yes' },
  { when: 'a button has no title',                 says: { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'row:1' } } },         content: { kind: 'choice', option: { id: 'row:1', label: 'row:1' }, via: 'tap' }, text: '' },
  { when: 'a template button has no text',         says: { type: 'button', button: { payload: 'P' } },                                                      content: { kind: 'choice', option: { id: 'P', label: 'P' }, via: 'tap' }, text: '' },
  { when: 'answers are no JSON',                   says: { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json: '{"a":' } } }, content: { kind: 'form', name: 'flow', answers: {}, response_json: '{"a":' }, text: '' },
  { when: 'answers are a list',                    says: { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '[1]' } } }, content: { kind: 'form', name: '', answers: {}, response_json: '[1]' }, text: '' },
  { when: 'answers are an object already',         says: { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: { a: 1 } } } }, content: { kind: 'form', name: '', answers: { a: 1 } }, text: '' },
  { when: 'answers carry the token of our flow',   says: { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json: '{"flow_token":"rep_0123456789abcdef0123456789abcdef","day":"Mon"}' } } }, content: { kind: 'form', name: 'flow', answers: { day: 'Mon' }, reply_id: 'rep_0123456789abcdef0123456789abcdef' }, text: '' },
  { when: 'answers carry a token of its own',      says: { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', response_json: { flow_token: 7, a: 1 } } } }, content: { kind: 'form', name: 'flow', answers: { flow_token: 7, a: 1 } }, text: '' },
  { when: 'a call permission has no end',          says: { type: 'interactive', interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'reject' } } }, content: { kind: 'call_permission', response: 'reject' }, text: '' },
  { when: 'a reaction is taken back as ""',        says: { type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '' } },                              content: { kind: 'reaction', emoji: null, to_message_id: 'wamid.0' }, text: '' },
  { when: 'an order has one product, not a list',  says: { type: 'order', order: { product_items: { quantity: 1 } } },                                      content: { kind: 'order', items: [{ quantity: 1 }], catalog_id: '' }, text: '' },
  { when: 'a caption is edited',                   says: { type: 'edit', edit: { original_message_id: 'wamid.0', message: { type: 'image', image: { caption: 'new' } } } }, content: { kind: 'edit', to_message_id: 'wamid.0' }, text: 'new' },
  { when: 'an edit holds an edit',                 says: { type: 'edit', edit: { original_message_id: 'wamid.0', message: { type: 'edit', edit: {} } } },   content: { kind: 'edit', to_message_id: 'wamid.0' }, text: '' },
];

test.each(read)('when $when', ({ says, content, text }) => {
  const message = readOne(says);
  expect(message.content).toStrictEqual(content);
  expect(message.text).toBe(text);
});

// biome-ignore format: a table reads by column
const unsupported = [
  { when: 'a text has no body',                says: { type: 'text', text: {} },                                                  type: 'text' },
  { when: 'a text has a number for its body',  says: { type: 'text', text: { body: 7 } },                                         type: 'text' },
  { when: 'media is missing',                  says: { type: 'image' },                                                           type: 'image' },
  { when: 'a media id is no media id',         says: { type: 'image', image: { id: '../../etc' } },                               type: 'image' },
  { when: 'a place has no longitude',          says: { type: 'location', location: { latitude: 52.5 } },                          type: 'location' },
  { when: 'a place is not on earth',           says: { type: 'location', location: { latitude: 91, longitude: 0 } },              type: 'location' },
  { when: 'a place is beyond the date line',   says: { type: 'location', location: { latitude: 0, longitude: '-180.5' } },        type: 'location' },
  { when: 'cards are an empty list',           says: { type: 'contacts', contacts: [] },                                          type: 'contacts' },
  { when: 'cards are numbers',                 says: { type: 'contacts', contacts: [1, 2] },                                      type: 'contacts' },
  { when: 'an interactive has no object',      says: { type: 'interactive', interactive: { type: 'button_reply' } },              type: 'interactive' },
  { when: 'a tap taps nothing',                says: { type: 'interactive', interactive: { type: 'button_reply', button_reply: {} } }, type: 'interactive' },
  { when: 'a new interactive type comes',      says: { type: 'interactive', interactive: { type: 'poll_reply', poll_reply: {} } }, type: 'interactive' },
  { when: 'a permission says nothing',         says: { type: 'interactive', interactive: { type: 'call_permission_reply', call_permission_reply: {} } }, type: 'interactive' },
  { when: 'a template button is empty',        says: { type: 'button', button: { payload: null } },                               type: 'button' },
  { when: 'a reaction is to nothing',          says: { type: 'reaction', reaction: { emoji: '👍' } },                              type: 'reaction' },
  { when: 'an order has no items',             says: { type: 'order', order: { text: 'x' } },                                     type: 'order' },
  { when: 'an edit edits nothing',             says: { type: 'edit', edit: { message: {} } },                                     type: 'edit' },
  { when: 'a revoke revokes nothing',          says: { type: 'revoke' },                                                          type: 'revoke' },
  { when: 'WhatsApp says what it was',         says: { type: 'unsupported', unsupported: { type: 'poll' } },                      type: 'poll' },
  { when: 'there is no type',                  says: { text: { body: 'x' } },                                                     type: 'unknown' },
  { when: 'the type is a number',              says: { type: 5 },                                                                 type: 'unknown' },
  { when: 'the type is a prototype member',    says: { type: 'constructor' },                                                     type: 'constructor' },
  { when: 'the type is __proto__',             says: { type: '__proto__' },                                                       type: '__proto__' },
  { when: 'the type is a novel',               says: { type: 'x'.repeat(500) },                                                   type: 'x'.repeat(64) },
];

test.each(unsupported)('it is unsupported when $when', ({ says, type }) => {
  const { content } = readOne(says);
  expect(content).toStrictEqual({ kind: 'unsupported', type, raw: message(says), errors: [] });
});

test('what failed keeps its caption and says what failed', () => {
  const errors = [{ code: '131052', message: 'Media download error' }, 'junk', { nothing: true }];
  const said = readOne({ type: 'video', errors, video: { caption: 'look', id: '14' } });
  expect(said.text).toBe('look');
  expect(said.content).toMatchObject({
    kind: 'unsupported',
    type: 'video',
    errors: [{ code: 131052, title: 'Media download error' }],
  });
});

test('errors that are none do not spoil a message', () => {
  expect(readOne({ type: 'text', text: { body: 'x' }, errors: [null, {}] }).content.kind).toBe(
    'text',
  );
});

test('an error without a code is "something went wrong"', () => {
  const { content } = readOne({ type: 'unsupported', errors: { title: 'Oh' } });
  expect(content).toMatchObject({ errors: [{ code: 131000, title: 'Oh' }] });
});

test('a quote, a forward, an ad and a product stand beside what is said', () => {
  const context = {
    id: 'wamid.0',
    from: '493023125100',
    frequently_forwarded: true,
    referred_product: { catalog_id: '3' },
  };
  const said = readOne({
    type: 'text',
    text: { body: 'x' },
    context,
    referral: { source_id: '1' },
  });
  expect(said.reply_to).toEqual({ message_id: 'wamid.0', author: '493023125100' });
  expect(said.forwarded).toBe(true);
  expect(said.referral).toEqual({ source_id: '1', product: { catalog_id: '3' } });
});

test.each([
  null,
  [],
  'x',
  {},
  { forwarded: 'yes' },
  { id: {} },
])('context %j says nothing', (context) => {
  const said = readOne({
    type: 'text',
    text: { body: 'x' },
    context,
    referral: context ? 'x' : null,
  });
  expect(Object.keys(said)).toEqual([
    'id',
    'payload_version',
    'from',
    'name',
    'sent_at',
    'text',
    'content',
  ]);
});

test('a v1 voice note is what v2 calls audio with voice', () => {
  const v1 = { messages: [message({ type: 'voice', voice: { id: 'a-b' } })] };
  const v2 = readOne({ type: 'audio', audio: { id: 'a-b', voice: true } });
  expect(onlyItem(v1)).toEqual({ kind: 'message', message: { ...v2, payload_version: 'v1' } });
});
