import { expect, test } from 'vitest';
import { readSend } from '../../../../infra/local/dialog360/read-send.ts';

const good = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: '+491713920042',
  type: 'text',
  text: { body: 'Hello', preview_url: false },
};
const { to: _, ...toNobody } = good;
const { messaging_product: __, ...legacy } = good;

// biome-ignore format: a table reads by column
const taken = [
  { what: 'a text',                     body: good },
  { what: 'a text at its longest',      body: { ...good, text: { body: 'x'.repeat(4096) } } },
  { what: 'a text to a BSUID',          body: { ...toNobody, recipient: 'DE.7340021985561204' } },
  { what: 'a text to both',             body: { ...good, recipient: 'DE.ENT.7340021985561204' } },
  { what: 'a number written nicely',    body: { ...good, to: '+49 (171) 392-0042' } },
  { what: 'a quote',                    body: { ...good, context: { message_id: 'wamid.x' } } },
  { what: 'callback data',              body: { ...good, biz_opaque_callback_data: 'x'.repeat(512) } },
];

test.each(taken)('the double takes $what', ({ body }) => {
  expect(readSend(body, { legacyToo: false })).toMatchObject({ kind: 'message' });
});

// biome-ignore format: a table reads by column
const refused = [
  { what: 'a list',                     body: [],                                                  code: 100,    details: /not a JSON object/ },
  { what: 'an unknown property',        body: { ...good, preview_url: true },                      code: 100,    details: /unexpected preview_url/ },
  { what: 'an unknown property inside', body: { ...good, text: { body: 'x', colour: 1 } },         code: 100,    details: /text: unexpected colour/ },
  { what: 'no product',                 body: legacy,                                              code: 131008, details: /messaging_product/ },
  { what: 'another product',            body: { ...good, messaging_product: 'signal' },            code: 131009, details: /messaging_product/ },
  { what: 'no recipient',               body: toNobody,                                            code: 131008, details: /to: is missing/ },
  { what: 'a number without plus',      body: { ...good, to: '491713920042' },                     code: 131009, details: /to: must be a phone number with a \+/ },
  { what: 'a number that is none',      body: { ...good, to: '+Anna' },                            code: 131009, details: /to:/ },
  { what: 'a BSUID that is none',       body: { ...toNobody, recipient: '491713920042' },          code: 131009, details: /recipient:/ },
  { what: 'no type',                    body: { ...good, type: undefined },                        code: 100,    details: /type/ },
  { what: 'an unknown type',            body: { ...good, type: 'fax' },                            code: 100,    details: /type: fax/ },
  { what: 'a type of every object',     body: { ...good, type: 'constructor' },                    code: 100,    details: /type/ },
  { what: 'no text',                    body: { ...good, text: undefined },                        code: 131008, details: /text: is missing/ },
  { what: 'an empty text',              body: { ...good, text: { body: '' } },                     code: 131009, details: /text.body: must not be empty/ },
  { what: 'a blank text',               body: { ...good, text: { body: ' \n' } },                  code: 131009, details: /text.body: must not be empty/ },
  { what: 'a text too long',            body: { ...good, text: { body: 'x'.repeat(4097) } },       code: 100,    details: /text.body: must be at most 4096/ },
  { what: 'a number as text',           body: { ...good, text: { body: 5 } },                      code: 131009, details: /text.body/ },
  { what: 'callback data too long',     body: { ...good, biz_opaque_callback_data: 'x'.repeat(513) }, code: 100, details: /at most 512/ },
  { what: 'an empty quote',             body: { ...good, context: {} },                            code: 131008, details: /context.message_id/ },
  { what: 'an unknown typing indicator', body: { messaging_product: 'whatsapp', status: 'read', message_id: 'x', typing_indicator: { type: 'dance' } }, code: 131009, details: /typing_indicator/ },
  { what: 'a receipt for nothing',      body: { messaging_product: 'whatsapp', status: 'read' },   code: 131008, details: /message_id/ },
];

test.each(refused)('the double refuses $what', ({ body, code, details }) => {
  // As it arrives: without undefined fields.
  const arrived = JSON.parse(JSON.stringify(body));
  expect(readSend(arrived, { legacyToo: false })).toEqual({
    kind: 'refused',
    refusal: { code, details: expect.stringMatching(details) },
  });
});

test('the double takes payload version v1 only on the old API’s path', () => {
  const body = { to: '491713920042', type: 'text', text: { body: 'Hello' }, preview_url: true };
  expect(readSend(body, { legacyToo: true })).toMatchObject({
    kind: 'message',
    message: { payload: 'v1', phone: '491713920042', text: 'Hello' },
  });
  expect(readSend(body, { legacyToo: false })).toMatchObject({ kind: 'refused' });
});
