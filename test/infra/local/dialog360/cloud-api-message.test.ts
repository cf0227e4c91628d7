import { describe, expect, test } from 'vitest';
import { readSend } from '../../../../infra/local/dialog360/read-send.ts';

/** As it arrives: without undefined fields. */
const kindOf = (body: unknown, legacyToo = false) =>
  readSend(JSON.parse(JSON.stringify(body)), { legacyToo }).kind;

const to = { messaging_product: 'whatsapp', to: '+491713920042' };
const text = { ...to, type: 'text', text: { body: 'Hi' } };
const button = (id: string, title: string) => ({ type: 'reply', reply: { id, title } });
const menu = (buttons: unknown[], body = '?') => ({
  ...to,
  type: 'interactive',
  interactive: { type: 'button', body: { text: body }, action: { buttons } },
});
const list = (rows: unknown[], more = {}) => ({
  ...to,
  type: 'interactive',
  interactive: {
    type: 'list',
    body: { text: '?' },
    action: { button: '☰', sections: [{ rows }] },
    ...more,
  },
});
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `o${at}`, title: `${at}` }));
const image = (image: unknown) => ({ ...to, type: 'image', image });
const template = (components: unknown) => ({
  ...to,
  type: 'template',
  template: { name: 'hello', language: { code: 'ru' }, components },
});

describe('the double of WhatsApp takes what is documented', () => {
  // biome-ignore format: a table reads by column
  const good = [
    ['a text',                    text],
    ['a quoting text',            { ...text, context: { message_id: 'wamid.1' }, biz_opaque_callback_data: 'r:0' }],
    ['a text to a BSUID',         { messaging_product: 'whatsapp', recipient: 'DE.7340021985561204', type: 'text', text: { body: 'Hi' } }],
    ['three buttons',             menu([button('a', '1'), button('b', '2'), button('c', '3')])],
    ['a list of ten',             list(rows(10))],
    ['an image by its link',      image({ link: 'https://cdn.example/a.jpg', caption: 'c' })],
    ['an image by its id',        image({ id: '4711' })],
    ['a template with a picture', template([{ type: 'header', parameters: [{ type: 'image', image: { id: '1' } }] }, { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '1' }] }])],
  ] as const;

  test.each(good)('%s', (_, body) => {
    expect(kindOf(body)).toBe('message');
  });
});

describe('the double of WhatsApp refuses', () => {
  // biome-ignore format: a table reads by column
  const bad = [
    ['an unknown property',              { ...text, preview_url: true }],
    ['one deep inside',                  { ...text, text: { body: 'Hi', colour: 'red' } }],
    ['no product',                       { ...text, messaging_product: undefined }],
    ['no recipient',                     { messaging_product: 'whatsapp', type: 'text', text: { body: 'Hi' } }],
    ['an odd recipient',                 { ...text, recipient: '491713920042' }],
    ['a type without its object',        { ...to, type: 'text' }],
    ['an object of another type',        { ...to, type: 'text', image: { id: '1' } }],
    ['an empty text',                    { ...text, text: { body: '' } }],
    ['a blank text',                     { ...text, text: { body: ' \n' } }],
    ['a text too long',                  { ...text, text: { body: 'x'.repeat(4097) } }],
    ['half a surrogate pair',            { ...text, text: { body: 'x\ud83d' } }],
    ['callback data too long',           { ...text, biz_opaque_callback_data: 'ж'.repeat(257) }],
    ['no button',                        menu([])],
    ['four buttons',                     menu(['a', 'b', 'c', 'd'].map((id) => button(id, id)))],
    ['a label too long',                 menu([button('a', 'x'.repeat(21))])],
    ['a label with a blank at its end',  menu([button('a', 'x ')])],
    ['a label of two lines',             menu([button('a', 'x\ny')])],
    ['an id with a blank at its end',    menu([button(' a', 'x')])],
    ['an id too long',                   menu([button('a'.repeat(257), 'x')])],
    ['two equal labels',                 menu([button('a', 'x'), button('b', 'x')])],
    ['two equal ids',                    menu([button('a', 'x'), button('a', 'y')])],
    ['a body too long',                  menu([button('a', 'x')], 'x'.repeat(1025))],
    ['eleven rows',                      list(rows(11))],
    ['no row',                           list([])],
    ['two rows with one id',             list([...rows(1), ...rows(1)])],
    ['a row’s title too long',           list([{ id: 'a', title: 'x'.repeat(25) }])],
    ['a row’s description too long',     list([{ id: 'a', title: 'x', description: 'x'.repeat(73) }])],
    ['a picture above a list',           list(rows(1), { header: { type: 'image', image: { id: '1' } } })],
    ['a footer too long',                list(rows(1), { footer: { text: 'x'.repeat(61) } })],
    ['an image by link and by id',       image({ id: '1', link: 'https://cdn.example/a.jpg' })],
    ['an image by nothing',              image({ caption: 'c' })],
    ['an image from http',               image({ link: 'http://cdn.example/a.jpg' })],
    ['a caption too long',               image({ id: '1', caption: 'x'.repeat(1025) })],
    ['an audio with a caption',          { ...to, type: 'audio', audio: { id: '1', caption: 'c' } }],
    ['a parameter with a line break',    template([{ type: 'body', parameters: [{ type: 'text', text: 'a\nb' }] }])],
    ['a parameter with five blanks',     template([{ type: 'body', parameters: [{ type: 'text', text: 'a     b' }] }])],
    ['an empty parameter',               template([{ type: 'body', parameters: [{ type: 'text', text: '' }] }])],
    ['a template button without index',  template([{ type: 'button', sub_type: 'url', parameters: [] }])],
    ['a contact with one name',          { ...to, type: 'contacts', contacts: [{ name: { formatted_name: 'A' } }] }],
    ['a place as text',                  { ...to, type: 'location', location: { latitude: '52', longitude: '13' } }],
  ] as const;

  test.each(bad)('%s', (_, body) => {
    expect(kindOf(body)).toBe('refused');
  });
});

describe('the double of the old API', () => {
  const old = { to: '491713920042', type: 'text', preview_url: true, text: { body: 'Hi' } };

  test('takes messages of payload version v1', () => {
    expect(kindOf(old, true)).toBe('message');
  });
  test.each([
    ['a plus', { ...old, to: '+491713920042' }],
    ['a preview inside', { ...old, text: { body: 'Hi', preview_url: true } }],
    ['callback data', { ...old, biz_opaque_callback_data: 'x' }],
  ])('refuses %s', (_, body) => {
    expect(kindOf(body, true)).toBe('refused');
  });
});
