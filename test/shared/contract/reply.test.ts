import { expect, test } from 'vitest';
import { readReply } from '../../../shared/contract/reply.ts';
import { MAX_REPLY_TEXT } from '../../../shared/contract/reply-fields.ts';

const long = 'x'.repeat(MAX_REPLY_TEXT);
const file = { type: 'attachment', kind: 'file', url: 'https://cdn.example/a.pdf' };
const buttons = { type: 'buttons', text: '?' };
const template = { type: 'template', name: 'hello', language: 'ru' };

// biome-ignore format: a table reads by column
const refused = [
  { what: 'a text over 65 536 characters',       reply: { type: 'text', text: `${long}x` },                  code: 'too-long',          reason: 'text: ' },
  { what: 'the same as a bare string',           reply: `${long}x`,                                          code: 'too-long',          reason: 'text: ' },
  { what: 'a caption over 65 536 characters',    reply: { ...file, caption: `${long}x` },                    code: 'too-long',          reason: 'caption: ' },
  { what: 'an unknown type',                     reply: { type: 'poll', text: '?' },                         code: 'reply-unsupported', reason: 'type: ' },
  { what: 'a type that is no text',              reply: { type: 7 },                                         code: 'reply-invalid',     reason: 'type: ' },
  { what: 'no type',                             reply: { text: 'Hi' },                                      code: 'reply-invalid',     reason: 'type: ' },
  { what: 'null',                                reply: null,                                                code: 'reply-invalid',     reason: 'reply: ' },
  { what: 'a number',                            reply: 5,                                                   code: 'reply-invalid',     reason: 'reply: ' },
  { what: 'a list',                              reply: ['Hi'],                                              code: 'reply-invalid',     reason: 'reply: must be a text' },
  { what: 'an empty text',                       reply: '',                                                  code: 'reply-invalid',     reason: 'text: ' },
  { what: 'a text of blanks',                    reply: ' \n\t\u00a0',                                       code: 'reply-invalid',     reason: 'text: ' },
  { what: 'no buttons',                          reply: { ...buttons, buttons: [] },                         code: 'reply-invalid',     reason: 'buttons: must be a list of 1 to 100' },
  { what: 'a button without a label',            reply: { ...buttons, buttons: ['A', { id: 'b' }] },         code: 'reply-invalid',     reason: 'buttons.1.label: ' },
  { what: 'a button of blanks',                  reply: { ...buttons, buttons: [' '] },                      code: 'reply-invalid',     reason: 'buttons.0.label: ' },
  { what: 'two buttons with one id',             reply: { ...buttons, buttons: [{ id: 'a', label: '1' }, { id: ' a', label: '2' }] }, code: 'reply-invalid', reason: 'buttons: must have ids that differ' },
  { what: 'an id over 256 characters',           reply: { ...buttons, buttons: [{ id: 'a'.repeat(257), label: '1' }] }, code: 'reply-invalid', reason: 'buttons.0.id: ' },
  { what: 'an address that is none',             reply: { ...file, url: 'https://' },                        code: 'reply-invalid',     reason: 'url: ' },
  { what: 'an address of another kind',          reply: { ...file, url: 'javascript:alert(1)' },             code: 'reply-invalid',     reason: 'url: ' },
  { what: 'an unknown kind of file',             reply: { ...file, kind: 'gif' },                            code: 'reply-invalid',     reason: 'kind: ' },
  { what: 'an empty parameter',                  reply: { ...template, parameters: ['a', ' '] },             code: 'reply-invalid',     reason: 'parameters.1: must not be empty' },
  { what: 'an empty parameter with a name',      reply: { ...template, parameters: { order: '' } },          code: 'reply-invalid',     reason: 'parameters.order: must not be empty' },
  { what: 'a parameter that is no text',         reply: { ...template, parameters: [{}] },                   code: 'reply-invalid',     reason: 'parameters: must be a list' },
  { what: 'names mixed with numbers',            reply: { ...template, parameters: { 1: 'a', order: 'b' } }, code: 'reply-invalid',     reason: 'parameters: must be named' },
  { what: 'a place that is nowhere',             reply: { type: 'location', latitude: 0, longitude: 181 },   code: 'reply-invalid',     reason: 'longitude: must be a number from -180 to 180' },
  { what: 'a contact without a name',            reply: { type: 'contacts', contacts: [{ phones: [] }] },    code: 'reply-invalid',     reason: 'contacts.0.name: ' },
  { what: 'a birthday in other words',           reply: { type: 'contacts', contacts: [{ name: { formatted_name: 'A' }, birthday: '1.2.1990' }] }, code: 'reply-invalid', reason: 'contacts.0.birthday: must be a date as YYYY-MM-DD' },
  { what: 'a pause over a minute',               reply: { type: 'pause', seconds: 61 },                      code: 'reply-invalid',     reason: 'seconds: must be a number from 0 to 60' },
  { what: 'a message that is none',              reply: { type: 'raw', message: 'Hi' },                      code: 'reply-invalid',     reason: 'message: ' },
  { what: 'a valid_for of no time',              reply: { type: 'text', text: 'Hi', valid_for: 0 },          code: 'reply-invalid',     reason: 'valid_for: ' },
  { what: 'an unknown policy',                   reply: { type: 'text', text: 'Hi', if_window_closed: 'send' }, code: 'reply-invalid',  reason: 'if_window_closed: ' },
];

test.each(refused)('$what is refused: $code', ({ reply, code, reason }) => {
  expect(readReply(reply)).toEqual({ ok: false, code, reason: expect.stringContaining(reason) });
});

// biome-ignore format: a table reads by column
const accepted = [
  { what: 'a string is a text',                 reply: 'Hi',                                                        is: { type: 'text', text: 'Hi' } },
  { what: 'a text keeps its blanks',            reply: ' a\n ',                                                     is: { type: 'text', text: ' a\n ' } },
  { what: 'the longest text is a text',         reply: long,                                                        is: { type: 'text', text: long } },
  { what: 'a string is a button',               reply: { ...buttons, buttons: ['A'] },                              is: { ...buttons, buttons: [{ label: 'A' }] } },
  { what: 'a label loses the blanks around it', reply: { ...buttons, buttons: [{ id: ' a ', label: ' A\n' }] },     is: { ...buttons, buttons: [{ id: 'a', label: 'A' }] } },
  { what: 'a file goes by its link',            reply: file,                                                        is: { ...file, send_as: 'link' } },
  { what: 'a number is a parameter',            reply: { ...template, parameters: [4711] },                         is: { ...template, parameters: ['4711'] } },
  { what: 'unknown fields are left out',        reply: { type: 'text', text: 'Hi', colour: 'red' },                 is: { type: 'text', text: 'Hi' } },
  { what: 'half a surrogate pair is replaced',  reply: 'a\ud83d',                                                   is: { type: 'text', text: 'a\ufffd' } },
  { what: 'a reaction may be taken back',       reply: { type: 'reaction', to_message_id: 'wamid.1', emoji: '' },   is: { type: 'reaction', to_message_id: 'wamid.1', emoji: '' } },
];

test.each(accepted)('$what', ({ reply, is }) => {
  expect(readReply(reply)).toEqual({ ok: true, reply: is });
});

const place = { type: 'location', latitude: 52.5, longitude: 13.4 };
const card = { name: { formatted_name: 'Anna' } };

// What Pydantic, Jackson and Go write where a program has left something out.
// biome-ignore format: a table reads by column
const leftOut = [
  { what: 'every member of a text',        reply: { type: 'text', text: 'Hi', id: null, reply_to: '', valid_for: null, if_window_closed: '', preview_url: null }, is: { type: 'text', text: 'Hi' } },
  { what: 'members of a menu',             reply: { ...buttons, header: '', footer: null, menu_label: '', buttons: [{ id: '', label: 'A' }, { id: null, label: 'B' }] }, is: { ...buttons, buttons: [{ label: 'A' }, { label: 'B' }] } },
  { what: 'members of a file',             reply: { ...file, caption: null, filename: '', voice: null, send_as: '' }, is: { ...file, send_as: 'link' } },
  { what: 'members of a place',            reply: { ...place, name: '', address: null },                  is: place },
  { what: 'members of a card',             reply: { type: 'contacts', contacts: [{ name: { ...card.name, first_name: '', prefix: null }, phones: null, emails: '', addresses: [{ city: 'Berlin', zip: '' }], org: { company: null }, birthday: '' }] }, is: { type: 'contacts', contacts: [{ ...card, addresses: [{ city: 'Berlin' }], org: {} }] } },
  { what: 'what fills a template',         reply: { ...template, parameters: null, components: '' },      is: template },
];

test.each(leftOut)('$what may be null or "" as if it were not there', ({ reply, is }) => {
  expect(readReply(reply)).toEqual({ ok: true, reply: is });
});

// biome-ignore format: a table reads by column
const kept = [
  { what: 'a reaction that is taken back',      reply: { type: 'reaction', to_message_id: 'wamid.1', emoji: '' } },
  { what: 'the inside of a message of WhatsApp’s', reply: { type: 'raw', message: { type: 'text', text: { body: '' }, context: null } } },
  { what: 'the inside of components',           reply: { ...template, components: [{ type: 'button', sub_type: '', index: null }] } },
];

test.each(kept)('$what keeps null and ""', ({ reply }) => {
  expect(readReply(reply)).toEqual({ ok: true, reply });
});

// biome-ignore format: a table reads by column
const stillRefused = [
  { what: 'a text that is null',           reply: { type: 'text', text: null },                              reason: 'text: ' },
  { what: 'a text that is empty',          reply: { type: 'text', text: '' },                                reason: 'text: ' },
  { what: 'a label that is empty',         reply: { ...buttons, buttons: [{ label: '' }] },                  reason: 'buttons.0.label: ' },
  { what: 'a parameter that is null',      reply: { ...template, parameters: [null] },                       reason: 'parameters: ' },
  { what: 'a parameter that is empty',     reply: { ...template, parameters: { order: '' } },                reason: 'parameters.order: must not be empty' },
  { what: 'an emoji that is null',         reply: { type: 'reaction', to_message_id: 'wamid.1', emoji: null }, reason: 'emoji: must be an emoji, or "" to take it back' },
];

test.each(stillRefused)('$what is refused', ({ reply, reason }) => {
  expect(readReply(reply)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
});

// biome-ignore format: a table reads by column
const understood = [
  { what: 'labels and ids that are numbers',  reply: { ...buttons, buttons: [{ id: 1, label: 101 }, 102] },         is: { ...buttons, buttons: [{ id: '1', label: '101' }, { label: '102' }] } },
  { what: 'texts that are numbers',           reply: { type: 'text', text: 42, id: 7 },                             is: { type: 'text', text: '42', id: '7' } },
  { what: 'a postcode that is a number',      reply: { type: 'contacts', contacts: [{ ...card, addresses: [{ zip: 10115 }], phones: [{ phone: 49301234567 }] }] }, is: { type: 'contacts', contacts: [{ ...card, addresses: [{ zip: '10115' }], phones: [{ phone: '49301234567' }] }] } },
  { what: 'a place whose numbers are texts',  reply: { type: 'location', latitude: ' 52.5', longitude: '-13.40' },  is: { type: 'location', latitude: 52.5, longitude: -13.4 } },
  { what: 'a time whose number is a text',    reply: { type: 'pause', seconds: '2', valid_for: '60' },              is: { type: 'pause', seconds: 2, valid_for: 60 } },
  { what: 'a document',                       reply: { ...file, kind: 'document' },                                 is: { ...file, send_as: 'link' } },
  { what: 'a voice note by its name',         reply: { ...file, kind: 'voice' },                                    is: { ...file, kind: 'audio', voice: true, send_as: 'link' } },
  { what: 'a language in capitals',           reply: { ...template, language: 'EN' },                               is: { ...template, language: 'en' } },
  { what: 'a country in small letters',       reply: { ...template, language: 'Pt_br' },                            is: { ...template, language: 'pt_BR' } },
  { what: 'a language of three letters',      reply: { ...template, language: 'FIL' },                              is: { ...template, language: 'fil' } },
  { what: 'a language with a hyphen',         reply: { ...template, language: 'pt-BR' },                            is: { ...template, language: 'pt_BR' } },
  { what: 'a language in small letters',      reply: { ...template, language: ' zh-cn ' },                          is: { ...template, language: 'zh_CN' } },
  { what: 'a language without a country',     reply: { ...template, language: 'fil' },                              is: { ...template, language: 'fil' } },
  { what: 'a button that calls',              reply: { type: 'link_button', text: 'T', label: 'L', url: ' tel:+493012345' }, is: { type: 'link_button', text: 'T', label: 'L', url: 'tel:+493012345' } },
];

test.each(understood)('$what is understood', ({ reply, is }) => {
  expect(readReply(reply)).toEqual({ ok: true, reply: is });
});

// biome-ignore format: a table reads by column
const notNumbers = [
  { what: 'a decimal comma',   latitude: '52,5' },
  { what: 'degrees',           latitude: '52°' },
  { what: 'another notation',  latitude: '0x10' },
  { what: 'nothing',           latitude: '' },
  { what: 'no number at all',  latitude: true },
];

test.each(notNumbers)('$what is no coordinate', ({ latitude }) => {
  const reason = 'latitude: must be a number from -90 to 90';
  expect(readReply({ ...place, latitude })).toMatchObject({ ok: false, reason });
});

// biome-ignore format: a table reads by column
const taught = [
  { what: 'a kind of file',       reply: { ...file, kind: 'gif' },                              says: 'kind: must be one of image, audio, video, file' },
  { what: 'a type',               reply: { type: 'image', url: file.url },                      says: 'type: "image" is no type of reply; did you mean {"type":"attachment","kind":"image"}?' },
  { what: 'a voice note',         reply: { type: 'voice', url: file.url },                      says: 'type: "voice" is no type of reply; did you mean {"type":"attachment","kind":"audio","voice":true}?' },
  { what: 'a menu',               reply: { type: 'interactive', text: '?' },                    says: 'type: "interactive" is no type of reply; did you mean {"type":"buttons"}?' },
  { what: 'a type misspelt',      reply: { type: 'Button', text: '?' },                         says: 'type: "Button" is no type of reply; did you mean {"type":"buttons"}?' },
  { what: 'a type that is far from all', reply: { type: 'poll', text: '?' },                    says: 'type: "poll" is no type of reply; the types are text, buttons, attachment,' },
  { what: 'a type that is words', reply: { type: 'Dear Anna' },                                 says: 'type: a text is no type of reply; the types are text, ' },
  { what: 'a type that is a number', reply: { type: 7 },                                        says: 'type: 7 is no type of reply; the types are text, ' },
  { what: 'a type that is null',  reply: { type: null },                                        says: 'type: null is no type of reply; the types are text, ' },
  { what: 'a type that is left out', reply: { text: 'Hi' },                                     says: 'type: is missing; the types are text, ' },
  { what: 'null',                 reply: null,                                                  says: 'reply: must be a text, or an object like {"type":"text","text":"Hello"}, not null' },
  { what: 'a list',               reply: ['Hi'],                                                says: 'reply: must be a text, or an object like {"type":"text","text":"Hello"}, not a list' },
  { what: 'a message',            reply: { type: 'raw', message: 'Hi' },                        says: 'message: must be an object like {"type": "text", "text": {"body": "Hello"}}' },
  { what: 'a card',               reply: { type: 'contacts', contacts: ['Anna'] },              says: 'contacts.0: must be an object like {"name": {"formatted_name": "Service desk"}}' },
  { what: 'a name of a card',     reply: { type: 'contacts', contacts: [{}] },                  says: 'contacts.0.name: must be an object like {"formatted_name": "Service desk"}' },
  { what: 'a flag',               reply: { type: 'text', text: 'Hi', preview_url: 'no' },       says: 'preview_url: must be true or false' },
  { what: 'a policy',             reply: { type: 'text', text: 'Hi', if_window_closed: 'x' },   says: 'if_window_closed: must be one of refuse, template, park' },
  { what: 'a button',             reply: { ...buttons, buttons: [true] },                       says: 'buttons.0: must be a label, or an object like {"label": "Yes"}' },
  { what: 'components',           reply: { ...template, components: {} },                       says: 'components: must be a list of objects like {' },
];

test.each(taught)('a refusal of $what says what would do', ({ reply, says }) => {
  expect(readReply(reply)).toMatchObject({ ok: false, reason: expect.stringContaining(says) });
});

// biome-ignore format: a table reads by column
test.each([
  { reply: null,                          says: /^replies\.3: must be a text.*, not null$/ },
  { reply: { type: 'image' },             says: /^replies\.3\.type: "image" is no type/ },
  { reply: { ...file, kind: 'gif' },      says: /^replies\.3\.kind: must be one of/ },
])('of several replies a refusal says which: $says', ({ reply, says }) => {
  expect(readReply(reply, 'replies.3')).toMatchObject({ reason: expect.stringMatching(says) });
});
