import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { readTemplateFile } from '../../../../../infra/local/dialog360/templates/read-template-file.ts';
import { readFlags } from '../../../../../infra/local/terminal/read-flags.ts';
import { readTemplates } from '../../../../../shared/dialog360/templates.ts';
import { type PlayStage, startPlay } from '../../../../support/play.ts';
import { someTemplate } from '../../../../support/some-template.ts';

const folder = mkdtempSync(join(tmpdir(), 'templates-'));
afterAll(() => rmSync(folder, { recursive: true }));

let stage: PlayStage;
beforeEach(async () => {
  stage = await startPlay();
});
afterEach(() => stage.stop());

const sampleFile = (readFlags([]) as { templates: string }).templates;
const to = '+491700000001';
const send = (template: object) => stage.send({ to, type: 'template', template });
const en = { language: { code: 'en' } };
const text = (text: string, parameter_name?: string) => ({
  type: 'text',
  text,
  ...(parameter_name && { parameter_name }),
});
const body = (...parameters: object[]) => ({ type: 'body', parameters });
const image = {
  type: 'header',
  parameters: [{ type: 'image', image: { link: 'https://e.example/a.jpg' } }],
};
const urlButton = (index: number, words = '4711') => ({
  type: 'button',
  sub_type: 'url',
  index,
  parameters: [text(words)],
});
const quickReply = (index: number) => ({
  type: 'button',
  sub_type: 'quick_reply',
  index,
  parameters: [{ type: 'payload', payload: 'GO' }],
});
const code = {
  type: 'button',
  sub_type: 'copy_code',
  index: 0,
  parameters: [{ type: 'coupon_code', coupon_code: 'SUMMER' }],
};

const person = [text('Anna', 'first_name'), text('Monday', 'day')];
const order = [text('Anna'), text('4711')];

// biome-ignore format: a table reads by column
const refused: { what: string; template: object; code: number; says: RegExp }[] = [
  { what: 'an unknown name',           template: { name: 'parcel', ...en },                                             code: 132001, says: /\(parcel\) does not exist in en .*parcel_arrived/ },
  { what: 'another language',          template: { name: 'parcel_arrived', language: { code: 'de' }, components: [body(text('1'))] }, code: 132001, says: /in de \(it does in en, APPROVED\)/ },
  { what: 'no approval yet',           template: { name: 'winter_sale', ...en },                                        code: 132001, says: /PENDING/ },
  { what: 'a pause',                   template: { name: 'paused', ...en },                                             code: 132015, says: /paused/ },
  { what: 'an end',                    template: { name: 'disabled', ...en },                                           code: 132016, says: /disabled/ },
  { what: 'no parameter',              template: { name: 'parcel_arrived', ...en },                                     code: 132000, says: /body: number of localizable_params \(0\) .* \(1\)/ },
  { what: 'one parameter more',        template: { name: 'parcel_arrived', ...en, components: [body(text('1'), text('2'))] }, code: 132000, says: /\(2\) .* \(1\)/ },
  { what: 'a parameter of no use',     template: { name: 'new_message', ...en, components: [body(text('1'))] },         code: 132000, says: /\(1\) .* \(0\)/ },
  { what: 'positions for names',       template: { name: 'appointment_reminder', ...en, components: [body(text('Anna'), text('Monday'), text('10'))] }, code: 100, says: /Parameter name is missing or empty/ },
  { what: 'positions for names, unsaid', template: { name: 'named', ...en, components: [body(text('Anna'))] },       code: 100, says: /Parameter name is missing or empty/ },
  { what: 'a wrong name',              template: { name: 'appointment_reminder', ...en, components: [body(...person, text('10', 'hour'))] }, code: 132000, says: /body: parameter time is missing/ },
  { what: 'no picture',                template: { name: 'order_ready', ...en, components: [body(...order), urlButton(0)] }, code: 132012, says: /header: Format mismatch, expected IMAGE, received UNKNOWN/ },
  { what: 'words for the picture',     template: { name: 'order_ready', ...en, components: [{ type: 'header', parameters: [text('x')] }, body(...order), urlButton(0)] }, code: 132012, says: /expected IMAGE, received TEXT/ },
  { what: 'words for a fixed heading', template: { name: 'parcel_arrived', ...en, components: [{ type: 'header', parameters: [text('x')] }, body(text('1'))] }, code: 132000, says: /header: .*\(1\) .* \(0\)/ },
  { what: 'an address not filled',     template: { name: 'order_ready', ...en, components: [image, body(...order)] },   code: 131008, says: /Button at index 0 of type Url requires a parameter/ },
  { what: 'a code not given',          template: { name: 'summer_sale', ...en, components: [body(text('20 %'))] },      code: 131008, says: /of type CopyCode requires/ },
  { what: 'a button that is not there', template: { name: 'new_message', ...en, components: [quickReply(1)] },          code: 132018, says: /Button at index 1 does not exist/ },
  { what: 'another kind of button',    template: { name: 'new_message', ...en, components: [urlButton(0)] },            code: 132018, says: /Button at index 0 is of type QUICK_REPLY/ },
  { what: 'a text that is too long',   template: { name: 'parcel_arrived', ...en, components: [body(text('x'.repeat(1000)))] }, code: 132005, says: /body: \d+ characters are too many/ },
];

test.each(refused)('a template with $what is refused as in life', async ({
  template,
  code,
  says,
}) => {
  stage.provider.double.templates = [
    ...readTemplateFile(sampleFile),
    someTemplate('paused', { status: 'PAUSED' }),
    someTemplate('disabled', { status: 'DISABLED' }),
    someTemplate('named', { components: [{ type: 'BODY', text: 'Hello {{first_name}}.' }] }),
  ];
  expect(await send(template)).toEqual({
    status: code === 132001 ? 404 : 400,
    body: {
      error: expect.objectContaining({
        code,
        error_data: expect.objectContaining({ details: expect.stringMatching(says) }),
      }),
    },
  });
});

// biome-ignore format: a table reads by column
const shown: { name: string; components: object[]; line: object }[] = [
  { name: 'parcel_arrived', components: [body(text('4711')), quickReply(0)],
    line: { text: 'Parcel 4711 has arrived at our shop. Shall we bring it to you?', header: { text: 'Your parcel' }, footer: 'We keep it for seven days',
      buttons: [{ kind: 'quick-reply', label: 'Bring it', id: 'GO' }, { kind: 'quick-reply', label: 'I pick it up', id: 'I pick it up' }] } },
  { name: 'order_ready', components: [image, body(...order), urlButton(0)],
    line: { text: 'Hello Anna, your order 4711 is ready.', header: { media: { url: 'https://e.example/a.jpg' } },
      buttons: [{ kind: 'link', label: 'See the order', url: 'https://shop.example/orders/4711' }, { kind: 'phone', label: 'Call us', phone: '+493000000000' }] } },
  { name: 'appointment_reminder', components: [body(...person, text('10:30', 'time'))],
    line: { text: 'Hello Anna, we expect you on Monday at 10:30.' } },
  { name: 'summer_sale', components: [body(text('20 %')), code],
    line: { buttons: [{ kind: 'copy-code', label: 'Copy code', code: 'SUMMER' }, { kind: 'link', label: 'To the shop' }] } },
];

test.each(shown)('a phone shows the template $name filled, and its buttons are tapped', async ({
  name,
  components,
  line,
}) => {
  stage.provider.double.templates = readTemplateFile(sampleFile);
  expect((await send({ name, ...en, components })).status).toBe(200);
  const [shownLine] = (await stage.chat('491700000001')).messages;
  expect(shownLine).toMatchObject({
    type: 'template',
    template: { name, language: 'en' },
    ...line,
  });
});

test('a tap on a template’s quick reply sends its payload, else its label', async () => {
  stage.provider.double.templates = readTemplateFile(sampleFile);
  await send({ name: 'parcel_arrived', ...en, components: [body(text('4711')), quickReply(0)] });
  await stage.play({ from: to, tap: 'Bring it' });
  await stage.play({ from: to, tap: 'I pick it up' });
  expect(stage.posted.map(({ message }) => message.button)).toEqual([
    { payload: 'GO', text: 'Bring it' },
    { payload: 'I pick it up', text: 'I pick it up' },
  ]);
});

test('the product reads the templates of the double from both of its listings', async () => {
  const account = { base_url: stage.provider.url, token: 'key-1' } as const;
  const limits = { reach: 'local', timeoutMs: 5_000 } as const;
  const read = (hosting: 'cloud' | 'on-premise') => readTemplates({ ...account, hosting }, limits);
  expect(await read('cloud')).toEqual({ kind: 'none' });
  stage.provider.double.templates = readTemplateFile(sampleFile);
  const listed = await read('cloud');
  expect(listed).toMatchObject({
    kind: 'listed',
    more: false,
    templates: expect.arrayContaining([
      expect.objectContaining({ name: 'winter_sale', status: 'PENDING', category: 'MARKETING' }),
    ]),
  });
  expect(await read('on-premise')).toEqual(listed);
});

const write = (text: string): string => {
  const file = join(folder, 'mine.json');
  writeFileSync(file, text);
  return file;
};
const hello = { name: 'hello', language: 'en', components: [] };

test.each([
  'data',
  'waba_templates',
  'templates',
])('a file of templates may have them in "%s"', (member) => {
  const templates = readTemplateFile(write(JSON.stringify({ [member]: [hello] })));
  expect(templates).toEqual([{ ...hello, status: 'APPROVED', category: 'UTILITY' }]);
  expect(readTemplateFile(write(JSON.stringify([hello])))).toEqual(templates);
});

test('a file of templates may begin with byte order marks, and have null for what is left empty', () => {
  const body = { type: 'BODY', text: 'Hi', format: null, buttons: null };
  const listed = { ...hello, status: null, category: null, quality_score: null };
  const file = {
    data: [
      { ...listed, components: null },
      { ...listed, components: [body] },
    ],
  };
  const expected = { ...hello, status: 'APPROVED', category: 'UTILITY', quality_score: null };
  // A file that was put into another brings a second mark.
  expect(readTemplateFile(write(`\ufeff\ufeff${JSON.stringify(file)}`))).toEqual([
    expected,
    { ...expected, components: [{ type: 'BODY', text: 'Hi' }] },
  ]);
});

// biome-ignore format: a table reads by column
const wrongFiles: { what: string; file: string | null; says: RegExp }[] = [
  { what: 'is not there',           file: null,                               says: /cannot be read: ENOENT/ },
  { what: 'is not JSON',            file: 'hello',                            says: /is not JSON: Unexpected token 'h'/ },
  { what: 'stops being JSON',       file: '{"data": [}',                      says: /is not JSON: Unexpected token '}'/ },
  { what: 'has no list',            file: '{"data":{}}',                      says: /must be a list of templates/ },
  { what: 'has a template without a language', file: '[{"name":"hello"}]',    says: /template 1 \(hello\): language must be text/ },
  { what: 'has a template that is text', file: '["hello"]',                    says: /template 1: it must be an object like \{"name"/ },
  { what: 'has components that are text', file: '[{"name":"hello","language":"en","components":"Hi"}]', says: /template 1 \(hello\): components must be a list/ },
  { what: 'has a name in capitals', file: '[{"name":"Hello","language":"en"}]', says: /name must be small letters/ },
];

test.each(wrongFiles)('a file of templates that $what is refused with a sentence', ({
  file,
  says,
}) => {
  const path = file === null ? join(folder, 'none.json') : write(file);
  expect(() => readTemplateFile(path)).toThrow(
    expect.objectContaining({ facts: { detail: expect.stringMatching(says) } }),
  );
  // Which file it is, and what would do.
  expect(() => readTemplateFile(path)).toThrow(path);
  expect(() => readTemplateFile(path)).toThrow(/What 360dialog answers .* like \{"data":/);
});
