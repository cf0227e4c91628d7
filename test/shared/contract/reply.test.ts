import { expect, test } from 'vitest';
import { MAX_REPLY_TEXT, readReply } from '../../../shared/contract/reply.ts';

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
