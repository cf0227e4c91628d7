import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toWhatsAppFormatting } from '../../../../shared/whatsapp/outbound/markdown.ts';

// biome-ignore format: a table reads by column
const cases = [
  { what: 'a blank at the end of bold',            markdown: '**Важно! **Не забудьте',               whatsapp: '*Важно!* Не забудьте' },
  { what: 'the same in Chinese',                   markdown: '**重要： **请',                          whatsapp: '*重要：* 请' },
  { what: 'blanks at both ends, at a line’s start', markdown: '** Цена: **100\n** Срок **да',         whatsapp: '*Цена:* 100\n*Срок* да' },
  { what: 'a blank at the beginning, in a line',   markdown: 'и ** Срок:** 5',                        whatsapp: 'и *Срок:* 5' },
  { what: 'blanks on all sides, as translators leave', markdown: 'это ** очень важно ** для 请 ** 重要 **看', whatsapp: 'это *очень важно* для 请 *重要* 看' },
  { what: 'a blank inside and one behind',         markdown: '**Важно: ** да',                        whatsapp: '*Важно:* да' },
  { what: 'several with a blank in one line',      markdown: '**Цена: **100 и **Срок: **5 дней',      whatsapp: '*Цена:* 100 и *Срок:* 5 дней' },
  { what: 'one with a blank, one without',         markdown: '**Важно! **Не забудьте **срок:** 5',    whatsapp: '*Важно!* Не забудьте *срок:* 5' },
  { what: 'a blank inside, then bold in Chinese',  markdown: '**注意： ** 请，**截止：**明天',              whatsapp: '*注意：* 请，截止：明天' },
  { what: 'a blank behind a number in bold, with a colon', markdown: '**1. **да **«Б»: **5 **📦 В? **7', whatsapp: '*1.* да *«Б»:* 5 *📦 В?* 7' },
  { what: 'a blank at the end of a line',          markdown: '**Цена: **\n100',                       whatsapp: '*Цена:*\n100' },
  { what: 'a blank in a list, heading and table',  markdown: '* **A: **1\n\n# **B: **2\n\n|c|\n|-|\n| **d: **3 |', whatsapp: '- *A:* 1\n\n*B: 2*\n\n*c*\n*d:* 3' },
  { what: 'a blank in underlines and strikes',     markdown: '__Важно: __Не ~~старо ~~ново',         whatsapp: '*Важно:* Не ~старо~ ново' },
  { what: 'bold over a line break, no blank',      markdown: '**多行\n文字：**请',                       whatsapp: '多行\n文字：请' },
  { what: 'underlines beside a full-width colon',  markdown: '__重要：__请，请__重要__看',                 whatsapp: '重要：请，请重要看' },
  { what: 'a strike beside a full-width colon',    markdown: '~~旧价：~~100, ~~500 ₽~~ 300 ₽',          whatsapp: '旧价：100, ~500 ₽~ 300 ₽' },
  { what: 'bold after bold',                       markdown: '**a****b**',                            whatsapp: '*ab*' },
  { what: 'bold and italic, no blank',             markdown: '***重要：***请 ***да*** ***a** b*',        whatsapp: '重要：请 _*да*_ _*a* b_' },
  { what: 'italics at the end of bold',            markdown: '**Важно: *очень***, **a _b_**c',        whatsapp: '*Важно: _очень_*, a bc' },
  { what: 'a strike in bold',                      markdown: '**~~500~~ 300:** да, ~~**a：**~~b',      whatsapp: '*~500~ 300:* да, a：b' },
  { what: 'bold in Thai, Arabic and Korean',       markdown: '**สำคัญ:**อ่าน هذا **مهم:**اقرأ **서울**은', whatsapp: 'สำคัญ:อ่าน هذا مهم:اقرأ 서울은' },
  { what: 'italics in Thai, Korean and Chinese',   markdown: '*สำคัญ*มาก *서울*은 *重要*的 *重要*',      whatsapp: 'สำคัญมาก 서울은 重要的 _重要_' },
  { what: 'a sum in bold with a blank before it',  markdown: 'и ** 5 ₽:** да',                        whatsapp: 'и *5 ₽:* да' },
  { what: 'bold before a mark above a letter',     markdown: 'ที่**สำคัญ**',                             whatsapp: 'ที่สำคัญ' },
  { what: 'bold between emojis',                   markdown: '⚠️**Важно**👈 请**😀好**看',               whatsapp: '⚠️*Важно*👈 请😀好看' },
  { what: 'bold beside digits and currencies',     markdown: '**Цена**100 **¥100**起 Цена**100**рублей', whatsapp: 'Цена100 ¥100起 Цена100рублей' },
  { what: 'an address in bold, letters behind',    markdown: '请看**https://a.example/b_c**了解',        whatsapp: '请看https://a.example/b_c 了解' },
  { what: 'an address in underlines, letters behind', markdown: '请 __https://a.example/b_c__了解',      whatsapp: '请 https://a.example/b_c 了解' },
  { what: 'an address in italics before a comma',  markdown: '*https://a.example/b*，请',              whatsapp: 'https://a.example/b，请' },
  { what: 'code in bold, and marks in code',       markdown: '**a`b**c`：**d `**x: **y`',              whatsapp: 'a`b**c`：d `**x: **y`' },
  { what: 'bold with a hyphen between',            markdown: '**10**-**15**, **A.**-**B**',           whatsapp: '*10*-*15*, *A.*-*B*' },
  { what: 'a sum in bold',                         markdown: '**5*3=15:**верно **5*3=15** ₽',         whatsapp: '5*3=15:верно *5*3=15* ₽' },
  { what: 'an escaped star in bold',               markdown: '**a\\*b** c',                           whatsapp: '*a*b* c' },
];

test.each(cases)('$what', ({ markdown, whatsapp }) => {
  expect(toWhatsAppFormatting(markdown)).toBe(whatsapp);
});

/** What has stars, underscores and tildes, but no marks. */
const same = [
  '2*500=1000 и 3*400=1200',
  '100*200*50 мм, 长*宽*高, 100×200',
  '(5*3)*2+(4*6)*7, 5*-3 и 2*-4, 10%*5+20%*3, 5€*3+2*$5',
  '10%*5+2*$6',
  '2*(3+4) и 5*(1+1), a = 5 *x*y',
  '2**3**4, x**2 + y**2 = z**2',
  '4 ** 5 ** 6, a ** b ** c',
  'x = 2 ** exp1 ** 3',
  'цена* и срок*, 100** и 200**\n** без НДС',
  '5~10 и 15~20, 3日~5日，10日~15日, ~5 и ~10',
  '~~500~~300',
  'a_b_c, 报告_最终_版.pdf, _草稿_v2.pdf, a__b__c, a__b__ c, __init__x',
  '*.txt and *.md, f(*args, **kwargs)',
  'Карты **1234 и **5678, Visa **4242. Mastercard **4444: да',
  'use **kwargs and **options, __init и __call, f(**a, **b)',
  '__a и __b',
  '**1234. **5678',
  '+7 *** ***-**-12',
  '+7 9** ***-**-12, +7 9** ***-**-34, +7 916 ***-**-**',
  '+7 (***) ***-**-12, +7 (***) ***-**-34, +7(***)***-**-56',
  '**** **** **** 1234, ****-****-****-1234, 10.0.***.***, 10.**.**.7, *-*-12',
  '** **-**-12',
  '+7 9** *** ** 12 и +7 9** *** ** 34',
  '** wiki',
  '**Без НДС\nи **дальше',
  'https://a.example/__b__/c?d=*e*&f=~g~',
  'https://a.example/x**y**z https://a.example/a~~b~~c, 2**3 https://a.example/x**y**z',
  'a <code>**b**</code>',
  '**',
];

test.each(same)('no mark: %s', (text) => {
  expect(toWhatsAppFormatting(text)).toBe(text);
});

const lettersAndDigits = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

test('bold words leave no marks behind, whatever stands beside them', () => {
  const mark = fc.constantFrom('**', '__', '~~');
  const begin = fc.constantFrom('', '', '“', '«');
  const middle = fc.constantFrom(
    ...[
      'Важно',
      '重要',
      'note',
      '100 €',
      'мы 5*3=15',
      'สำคัญ',
      'مهم',
      '서울',
      '(100)',
      '`x`',
      '⚠️ да',
    ],
    ...['see https://a.example/b_c', '_курсив_', '*курсив*'],
  );
  const end = fc.constantFrom('', ':', '：', '! ', '. ', '。', ' ', '”', ')');
  const beside = fc.constantFrom(' ', '请', ' и ', '(', '，', ', ', ' 5 ', '\n\n', '\n- ');
  const bold = fc
    .tuple(mark, begin, middle, end)
    .map(([m, ...words]) => `${m}${words.join('')}${m}`);
  const mayBeginTwice = ([words, next]: string[]) =>
    /[^.!] (\*\*|__)$/.test(words ?? '') && !/^\s/.test(next ?? ''); // `**kwargs and **options`
  const part = fc.tuple(bold, beside).filter((words) => !mayBeginTwice(words));
  const sentence = fc.array(part, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sentence, (parts) => {
      const markdown = parts.flat().join('');
      const text = toWhatsAppFormatting(markdown);
      expect(text).not.toMatch(/\*\*|__|~~/);
      expect(lettersAndDigits(text)).toBe(lettersAndDigits(markdown));
    }),
    { numRuns: 2000 },
  );
});

test('whatever marks stand in a text, its letters and digits stay in their order', () => {
  const piece = fc.constantFrom(
    ...[
      '*',
      '**',
      '***',
      '****',
      '_',
      '__',
      '~',
      '~~',
      ' ',
      '\n',
      '(',
      ')',
      '：',
      ',',
      '“',
      '`',
      '\\',
    ],
    ...[
      'a',
      'bc',
      'д',
      '请',
      '重要',
      'ที่',
      'مهم',
      '은',
      '1',
      '20',
      '€',
      '😀',
      'https://a.example/b_c',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), (pieces) => {
      const markdown = pieces.join('');
      fc.pre(!/```|~~~/.test(markdown)); // the name of a language is not for people
      const text = toWhatsAppFormatting(markdown);
      expect(lettersAndDigits(text)).toBe(lettersAndDigits(markdown));
    }),
    { numRuns: 5000 },
  );
});

test('an address is read as it is written, whatever signs are in it', () => {
  const before = fc.constantFrom(
    ...[
      '',
      'см. ',
      '请看',
      '**Важно:** ',
      '**Важно! **см. ',
      '~~старо~~ ',
      '__a__ и ',
      '`**` ',
      '(',
    ],
    ...[
      '2**3 ',
      '4 ** 5 ** ',
      '*.txt ',
      '\\*\\* ',
      'цена** ',
      '[**x**](https://b.example/y**z) ',
      '\n- ',
    ],
  );
  const path = fc.stringMatching(/^[a-z\d]+((\*\*|~~|__)[a-z\d]+){1,3}$/);
  const after = fc.constantFrom('', ' ', '，', '\n\n', ' **да** ', ' ~~нет~~ ', ' 2**3 ');
  const part = fc.tuple(before, path, after);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
      const addresses = parts.map(([, end]) => `https://a.example/${end}`);
      const markdown = parts
        .map(([begin, , end], index) => `${begin}${addresses[index]}${end || ' '}`)
        .join('');
      const text = toWhatsAppFormatting(markdown);
      for (const address of addresses) expect(text).toContain(address);
    }),
    { numRuns: 2000 },
  );
});

test('a text without marks is unchanged', () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}.,:;!?…。，：（）“”€😀]{1,12}$/u);
  const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => `a${all.join(' ')}`);
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (lines) => {
      const text = lines.join('\n');
      expect(toWhatsAppFormatting(text)).toBe(text);
    }),
  );
});
