import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reply } from '../../../../shared/contract/reply.ts';
import {
  formatReply,
  toWhatsAppFormatting,
} from '../../../../shared/whatsapp/outbound/markdown.ts';
import { someUrl } from '../../../support/some-url.ts';

// biome-ignore format: a table reads by column
const cases = [
  { what: 'plain text',                      markdown: 'Hello, 2 * 3 = 6_000!',                whatsapp: 'Hello, 2 * 3 = 6_000!' },
  { what: 'bold',                            markdown: 'a **b** __c__ d',                      whatsapp: 'a *b* *c* d' },
  { what: 'italic',                          markdown: 'a *b* _c_ d',                          whatsapp: 'a _b_ _c_ d' },
  { what: 'struck out',                      markdown: 'a ~~b~~ c',                            whatsapp: 'a ~b~ c' },
  { what: 'bold in italic',                  markdown: '***a***',                              whatsapp: '_*a*_' },
  { what: 'bold over two lines',             markdown: '**a\nb**',                             whatsapp: '*a*\n*b*' },
  { what: 'bold inside a word',              markdown: 'un**believ**able',                     whatsapp: 'unbelievable' },
  { what: 'an escaped star',                 markdown: '2\\*3',                                whatsapp: '2*3' },
  { what: 'a heading',                       markdown: '# Your **order**\n\nIs ready',         whatsapp: '*Your order*\n\nIs ready' },
  { what: 'an underlined heading',           markdown: 'Your order\n===\nIs ready',            whatsapp: '*Your order*\nIs ready' },
  { what: 'a list',                          markdown: '* a\n* **b**\n+ c',                    whatsapp: '- a\n- *b*\n- c' },
  { what: 'a numbered list',                 markdown: '3. a\n4. b',                           whatsapp: '3. a\n4. b' },
  { what: 'a list that leaves numbers out',  markdown: '1. a\n3. b\n\n12. c',                whatsapp: '1. a\n\n3. b\n\n12. c' },
  { what: 'a list that counts by itself',    markdown: '1. a\n1. b\n1. c',                   whatsapp: '1. a\n2. b\n3. c' },
  { what: 'years that look like a list',     markdown: '2024. a\n2020. b',                    whatsapp: '2024. a\n2020. b' },
  { what: 'a list in a list',                markdown: '1. a\n   - b\n   - c\n2. d',           whatsapp: '1. a\n  - b\n  - c\n2. d' },
  { what: 'a list of tasks',                 markdown: '- [x] a\n- [ ] b',                     whatsapp: '- ☑ a\n- ☐ b' },
  { what: 'a quotation',                     markdown: '> a\n> **b**\n\nc',                    whatsapp: '> a\n> *b*\n\nc' },
  { what: 'a link',                          markdown: '[Pay](https://pay.example/a_b_c?d=*e*)', whatsapp: 'Pay (https://pay.example/a_b_c?d=*e*)' },
  { what: 'a link that is its own label',    markdown: '[https://a.example](https://a.example)', whatsapp: 'https://a.example' },
  { what: 'a link in angles',                markdown: '<https://a.example/b_c_d>',            whatsapp: 'https://a.example/b_c_d' },
  { what: 'a bare link',                     markdown: 'see https://a.example/b_c_d or www.a.example', whatsapp: 'see https://a.example/b_c_d or www.a.example' },
  { what: 'a link defined elsewhere',        markdown: 'see [here][1]\n\n[1]: https://a.example', whatsapp: 'see here (https://a.example)' },
  { what: 'an image',                        markdown: '![A cat](https://a.example/c.png)',    whatsapp: 'A cat (https://a.example/c.png)' },
  { what: 'code in a line',                  markdown: 'run `npm **i** _x_`',                  whatsapp: 'run `npm **i** _x_`' },
  { what: 'code with a tick in it',          markdown: 'run ``a`b``',                          whatsapp: 'run ```a`b```' },
  { what: 'a block of code',                 markdown: '```js\nconst a = "**b**";\n\n  c()\n```\nd', whatsapp: '```\nconst a = "**b**";\n\n  c()\n```\nd' },
  { what: 'indented text',                   markdown: 'a\n\n    b **c**\n',                   whatsapp: 'a\n\n    b **c**' },
  { what: 'a table',                         markdown: '| a | b |\n|---|---|\n| 1 | **2** |',  whatsapp: '*a* | *b*\n1 | *2*' },
  { what: 'HTML',                            markdown: 'a<br>b <b>c</b> &amp; d',              whatsapp: 'a\nb <b>c</b> &amp; d' },
  { what: 'a rule between lines',            markdown: 'a\n\n---\n\nb',                        whatsapp: 'a\n\n---\n\nb' },
  { what: 'blank lines',                     markdown: 'a\n\n\n\nb',                           whatsapp: 'a\n\n\n\nb' },
  { what: 'bold beside a full-width colon',  markdown: '**重要：**请注意。**Цена:**100',        whatsapp: '重要：请注意。Цена:100' },
  { what: 'bold between letters and quotes', markdown: '请**“重要”**看',                        whatsapp: '请“重要”看' },
  { what: 'bold before punctuation',         markdown: '注意：**重要**。',                       whatsapp: '注意：*重要*。' },
  { what: 'bold in brackets, no blanks',     markdown: 'Цена(**100 €**)и**(скидка)**да',        whatsapp: 'Цена(*100 €*)и(скидка)да' },
  { what: 'a loose line with more in it',    markdown: '**Итог:**`a*b` и **всё:**_да_',         whatsapp: '*Итог:*`a*b` и *всё:*_да_' },
  { what: 'a list of loose bold words',      markdown: '- **Цена:**100\n- **Срок:**2 дня',      whatsapp: '- Цена:100\n- Срок:2 дня' },
  { what: 'italics beside a full-width colon', markdown: '*重要：*请 и *“всё”*, да',          whatsapp: '重要：请 и _“всё”_, да' },
  { what: 'stars that are none of these',    markdown: '2**3 и 4 ** 5 ** 6',                    whatsapp: '2**3 и 4 ** 5 ** 6' },
  { what: 'an address in bold',              markdown: 'Hier: **https://example.com/a_b** und **wichtig**', whatsapp: 'Hier: https://example.com/a_b und *wichtig*' },
  { what: 'an address at the end of bold',   markdown: '**See https://example.com/a.** Now',    whatsapp: 'See https://example.com/a. Now' },
  { what: 'an address in the midst of bold', markdown: '**See https://example.com now**',       whatsapp: '*See https://example.com now*' },
  { what: 'an address in italics',           markdown: '*https://example.com/a*',               whatsapp: 'https://example.com/a' },
  { what: 'an address in a heading',         markdown: '## https://example.com/a',              whatsapp: 'https://example.com/a' },
  { what: 'a link in bold',                  markdown: '**[Pay](https://pay.example/a)**',      whatsapp: 'Pay (https://pay.example/a)' },
  { what: 'nothing but a definition',        markdown: '[1]: https://a.example',               whatsapp: '[1]: https://a.example' },
];

test.each(cases)('$what', ({ markdown, whatsapp }) => {
  expect(toWhatsAppFormatting(markdown)).toBe(whatsapp);
});

test('what the parser gives up on goes as it is', () => {
  const deep = `${'> '.repeat(20_000)}a`;
  expect(toWhatsAppFormatting(deep)).toBe(deep);
});

test('whatever is written, every letter of it is read', () => {
  const piece = fc.constantFrom(
    'a',
    'b c',
    '**',
    '*',
    '_',
    '~~',
    '`',
    '\n',
    '\n\n',
    ' ',
    '# ',
    '- ',
    '1. ',
    '> ',
    '|',
    '\\',
    '<x>',
    '😀',
    'д',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), (pieces) => {
      const markdown = pieces.join('');
      fc.pre(!/```|~~~/.test(markdown)); // the name of a language is not for people
      const letters = (text: string) => text.replace(/[^\p{L}\p{Emoji_Presentation}]/gu, '');
      expect(letters(toWhatsAppFormatting(markdown))).toBe(letters(markdown));
    }),
    { numRuns: 2000 },
  );
});

test('links and code come through whole', () => {
  fc.assert(
    fc.property(someUrl, fc.stringMatching(/^[a-z*_~#>]{1,12}$/), (url, code) => {
      const text = toWhatsAppFormatting(`**See** <${url}> and \`${code}\` *now*`);
      expect(text).toContain(url);
      expect(text).toContain(`\`${code}\``);
    }),
  );
});

// biome-ignore format: a table reads by column
const replies: { what: string; reply: Reply; is: object }[] = [
  { what: 'a text is converted',           reply: { type: 'text', text: '**a**' },                                                    is: { text: '*a*' } },
  { what: 'a menu, but not its labels',    reply: { type: 'buttons', text: '**a**', buttons: [{ label: '**b**' }] },                  is: { text: '*a*', buttons: [{ label: '**b**' }] } },
  { what: 'a caption, but not its link',   reply: { type: 'attachment', kind: 'image', url: 'https://a.example/_b_', caption: '**a**', send_as: 'link' }, is: { url: 'https://a.example/_b_', caption: '*a*' } },
  { what: 'no parameters of a template',   reply: { type: 'template', name: 'a', language: 'ru', parameters: ['**a**'] },             is: { parameters: ['**a**'] } },
  { what: 'no message of WhatsApp’s own',  reply: { type: 'raw', message: { type: 'text', text: { body: '**a**' } } },                is: { message: { type: 'text', text: { body: '**a**' } } } },
];

test.each(replies)('$what', ({ reply, is }) => {
  expect(formatReply(reply)).toMatchObject(is);
});

test('words that are longer than ten thousand characters go as they are', () => {
  const words = (length: number) => `**bold** ${'x'.repeat(length - '**bold** '.length)}`;
  expect(toWhatsAppFormatting(words(10_000))).toMatch(/^\*bold\* x/);
  expect(toWhatsAppFormatting(words(10_001))).toBe(words(10_001));
});

test('lists in lists in lists go as they are, where they are too deep for the stack', () => {
  const words = '- '.repeat(4_900);
  expect(() => toWhatsAppFormatting(words)).not.toThrow();
});
