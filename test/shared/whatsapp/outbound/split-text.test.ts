import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linksIn } from '../../../../shared/whatsapp/outbound/links.ts';
import { splitText } from '../../../../shared/whatsapp/outbound/split-text.ts';
import { someUrl } from '../../../support/some-url.ts';

const family = '👨‍👩‍👧‍👦'; // 11 UTF-16 units, one thing on the screen
const link = 'https://shop.example/orders/4711?code=a.b!c';

// biome-ignore format: a table reads by column
const cases = [
  { when: 'it already fits',                       limit: 10, text: 'Hi there',               parts: ['Hi there'] },
  { when: 'it fits exactly',                       limit: 10, text: '1234567890',             parts: ['1234567890'] },
  { when: 'it fits, blanks at its ends and all',   limit: 10, text: '  a\n\nb \n',            parts: ['  a\n\nb \n'] },
  { when: 'a paragraph ends in time',              limit: 12, text: 'One. Two.\n\nThree',     parts: ['One. Two.', 'Three'] },
  { when: 'a paragraph ends after a blank line',   limit: 12, text: 'One. Two.\n  \nThree',   parts: ['One. Two.', 'Three'] },
  { when: 'a line ends in time',                   limit: 12, text: 'One. Tw\no Three',       parts: ['One. Tw', 'o Three'] },
  { when: 'lines end as on Windows',               limit: 12, text: 'One. Tw\r\no Three',     parts: ['One. Tw', 'o Three'] },
  { when: 'a sentence ends in time',               limit: 14, text: 'One. Two. Three four',   parts: ['One. Two.', 'Three four'] },
  { when: 'a sentence ends with a quote',          limit: 14, text: '“One two.” Three four',  parts: ['“One two.”', 'Three four'] },
  { when: 'a Hindi sentence ends in time',         limit: 12, text: 'नमस्ते। क्या हाल है',         parts: ['नमस्ते।', 'क्या हाल है'] },
  { when: 'a Chinese sentence ends in time',       limit: 10, text: '你好世界今天。我们走吧朋友', parts: ['你好世界今天。', '我们走吧朋友'] },
  { when: 'a Japanese quotation ends in time',     limit: 10, text: '「元気です。」と言いました。', parts: ['「元気です。」', 'と言いました。'] },
  { when: 'the sentence would leave a sliver',     limit: 14, text: 'One. Two three four',    parts: ['One. Two three', 'four'] },
  { when: 'a paragraph ends in the very middle',   limit: 10, text: 'abcde\n\nfg hi jkl',    parts: ['abcde\n\nfg', 'hi jkl'] },
  { when: 'only spaces help',                      limit: 11, text: 'alpha beta gamma',       parts: ['alpha beta', 'gamma'] },
  { when: 'a long word comes after a short one',   limit: 10, text: 'ab cdefghijkl',          parts: ['ab', 'cdefghijkl'] },
  { when: 'blanks fill a part to its end',         limit: 5,  text: '\n\n\n\n\nx yz',       parts: ['x yz'] },
  { when: 'one word is too long',                  limit: 5,  text: 'abcdefghijkl',           parts: ['abcde', 'fghij', 'kl'] },
  { when: 'one word is too long after a short one', limit: 5, text: 'a bcdefghij',            parts: ['a bcd', 'efghi', 'j'] },
  { when: 'the cut would land inside an emoji',    limit: 12, text: `ab${family}`,            parts: ['ab', family] },
  { when: 'the cut would land inside a pair',      limit: 2,  text: 'a😀',                    parts: ['a', '😀'] },
  { when: 'an accent sits on the only space',      limit: 4,  text: 'abc \u0301def',          parts: ['abc', ' \u0301de', 'f'] },
  { when: 'the cut would land inside a link',      limit: 50, text: `您的订单在这里看${link}`,   parts: ['您的订单在这里看', link] },
  { when: 'a sentence seems to end inside a link', limit: 45, text: `Look ${link}`,           parts: ['Look', link] },
  { when: 'only the head of the link is in reach', limit: 14, text: '您的订单在这里看https://a.de', parts: ['您的订单在这里看', 'https://a.de'] },
  { when: 'the link ends right where the part does', limit: 20, text: `xhttps://a.example/p"${'z'.repeat(20)}`, parts: ['xhttps://a.example/p', `"${'z'.repeat(19)}`, 'z'] },
  { when: 'a sign belongs to the only space',      limit: 6,  text: 'abc\u0600 def',          parts: ['abc\u0600 d', 'ef'] },
  { when: 'the link alone is too long',            limit: 20, text: link,                     parts: [link.slice(0, 20), link.slice(20, 40), link.slice(40)] },
  { when: 'blanks alone are too long',             limit: 5,  text: `a${' '.repeat(9)}b`,     parts: ['a', 'b'] },
  { when: 'it begins with too many blanks',        limit: 5,  text: `${' '.repeat(9)}b`,      parts: ['b'] },
  { when: 'it ends with too many blanks',          limit: 5,  text: `b${' '.repeat(9)}`,      parts: ['b'] },
];

test.each(cases)('when $when', ({ text, limit, parts }) => {
  expect(splitText(text, limit)).toEqual(parts);
});

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const boundaries = (text: string) =>
  new Set([...graphemes.segment(text)].map(({ index }) => index)).add(text.length);

const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 4 }).map((text) => text.toWellFormed()),
  fc.constantFrom(
    ' ',
    '\n',
    '\n\n',
    '\r\n',
    '. ',
    '。',
    '\u0301',
    family,
    '🇩🇪',
    '1️⃣',
    '\u0600',
    link,
  ),
  someUrl,
);
const texts = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
const limits = fc.integer({ min: 60, max: 120 });

/** Where each part stands in the text, found in order. */
function places(text: string, parts: string[]): { from: number; to: number }[] {
  let after = 0;
  return parts.map((part) => {
    const from = text.indexOf(part, after);
    after = from + part.length;
    return { from, to: after };
  });
}

test('no part is too long or empty, and nothing is lost but white space at the cuts', () => {
  fc.assert(
    fc.property(texts, limits, (text, limit) => {
      const parts = splitText(text, limit);
      expect(parts.every((part) => part.length > 0 && part.length <= limit)).toBe(true);
      const found = places(text, parts);
      const ends = [0, ...found.map(({ to }) => to)];
      const starts = [...found.map(({ from }) => from), text.length];
      const lost = starts.map((start, index) => text.slice(ends[index], start));
      expect(lost.join('').trim()).toBe('');
    }),
    { numRuns: 1000 },
  );
});

test('no cut is inside a grapheme', () => {
  fc.assert(
    fc.property(texts, limits, (text, limit) => {
      const known = boundaries(text);
      const longest = Math.max(
        ...[...graphemes.segment(text)].map(({ segment }) => segment.length),
        0,
      );
      fc.pre(longest <= limit);
      const cuts = places(text, splitText(text, limit)).flatMap(({ from, to }) => [from, to]);
      expect(cuts.filter((cut) => !known.has(cut))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('no cut is inside a link that fits a part', () => {
  fc.assert(
    fc.property(texts, limits, (text, limit) => {
      const segments = graphemes.segment(text);
      const links = linksIn(text).filter(({ from, to }) => {
        // Signs around it may belong to its first and its last letter.
        const [first, last] = [segments.containing(from), segments.containing(to - 1)];
        return last && first && last.index + last.segment.length - first.index <= limit;
      });
      const cuts = places(text, splitText(text, limit)).flatMap(({ from, to }) => [from, to]);
      const inside = links.filter((link) => cuts.some((cut) => link.from < cut && cut < link.to));
      expect(inside).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('half a surrogate pair is never made, whatever one grapheme holds', () => {
  const stack = `a${'\u0301'.repeat(7)}${'\u{1D165}'.repeat(40)}`;
  expect(splitText(stack, 60).every((part) => part.isWellFormed())).toBe(true);
});

test('the longest text a reply may hold is cut in no time, however nasty', () => {
  const nasty = [
    'a',
    ' ',
    '\n',
    '. ',
    '."',
    '。',
    '你好。',
    'a\u0301',
    family,
    'www.',
    'https://a.b/',
    '"',
  ];
  const startedAt = performance.now();
  for (const unit of [...nasty, 'a '.repeat(40) + 'b'.repeat(5000)]) {
    splitText(unit.repeat(Math.ceil(65_536 / unit.length)), 4096);
  }
  expect(performance.now() - startedAt).toBeLessThan(1500); // a quadratic one takes minutes
});
