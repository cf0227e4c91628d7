import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPhone } from '../../../../shared/rules/identity/phone-number.ts';

// biome-ignore format: a table reads by column
const numbers = [
  { written: '491713920042',            is: '491713920042' },
  { written: '+491713920042',           is: '491713920042' },
  { written: '+49 171 392 00 42',       is: '491713920042' },
  { written: ' 491713920042',           is: '491713920042' }, // a plus that a query made a blank
  { written: '+49 (171) 392-00-42',     is: '491713920042' },
  { written: '+49\u00a0171\u20113920042', is: '491713920042' },
  { written: '+49.171.3920042',         is: '491713920042' },
  { written: '+49 171/392\u221200\uFF0D42', is: '491713920042' },
  { written: '+49 [171] 3920042',       is: '491713920042' },
  { written: '\u202a+49\u00a0171 3920042\u202c', is: '491713920042' }, // pasted from a telephone's contacts
  { written: '\u200e+491713920042\u200e', is: '491713920042' },
  { written: '\ufeff+49171\u200b3920042', is: '491713920042' },
  { written: '٤٩١٧١٣٩٢٠٠٤٢',             is: '491713920042' },
  { written: '\u200f+\u06f4\u06f9 ۱۷۱ ۳۹۲۰۰۴۲', is: '491713920042' },
  { written: '＋４９（１７１）３９２００４２', is: '491713920042' },
  // The zero in front of a number within its country.
  { written: '+49 (0)171 3920042',      is: '491713920042' },
  { written: '+49(0) 171-3920042',      is: '491713920042' },
  { written: '+49 ( 0 ) 171 3920042',   is: '491713920042' },
  { written: '+49 [0] 171 3920042',     is: '491713920042' },
  { written: '(+49) (0)171 3920042',    is: '491713920042' },
  { written: '0049 (0)171 3920042',     is: '491713920042' },
  { written: '49 (0)171 3920042',       is: '491713920042' },
  { written: '+44 (0)20 7946 0000',     is: '442079460000' },
  { written: '+353 (0)86 1234567',      is: '353861234567' },
  // Italy, San Marino, Côte d'Ivoire, Congo, Gabon and Benin keep it from abroad, and without it another is called.
  { written: '+39 06 1234567',          is: '39061234567' },
  { written: '+39 (06) 1234567',        is: '39061234567' },
  { written: '+39 (0)331 1234567',      is: '3903311234567' },
  { written: '(0039) (0)6 1234567',     is: '39061234567' },
  { written: '+378 (0)549 123456',      is: '3780549123456' },
  { written: '+225 (0)7 12345678',      is: '2250712345678' },
  { written: '+242 (0)6 1234567',       is: '242061234567' },
  { written: '+241 (0)6 123456',        is: '24106123456' },
  { written: '+229 (0)1 12345678',      is: '2290112345678' },
  { written: '+1 (0) 555 0100',         is: '105550100' }, // nothing is dialled so; no number of America begins with a zero
  { written: '+49 171 (0) 392 0042',    is: '4917103920042' }, // no country code before it
  { written: '+49 171 3920042²',        is: null }, // a footnote
  { written: '(0)171 3920042',          is: null },
  { written: '(0171) 3920042',          is: null },
  // A slash stands behind the area code, and between two numbers.
  { written: '+49 (0)171 / 3920042',    is: '491713920042' },
  { written: '0049 30/39200',           is: '493039200' },
  { written: '+49 (2745)/39200',        is: '49274539200' },
  { written: '+49 171 ／ 3920042',       is: '491713920042' },
  { written: '+49 171 3920042/43',      is: null },
  { written: '491713920042/8',          is: null },
  { written: '+49 171/3920042/43',      is: null },
  { written: '+49 171/392/0042',        is: null },
  { written: '+1 555 0100/5550101',     is: null },
  { written: '+49 171/3920',            is: null },
  { written: '/491713920042',           is: null },
  { written: '491713920042/',           is: null },
  // Two zeros for the plus.
  { written: '00491713920042',          is: '491713920042' },
  { written: '00 49 171 3920042',       is: '491713920042' },
  { written: '(0049) 171 3920042',      is: '491713920042' },
  { written: '+00491713920042',         is: null },
  { written: '000491713920042',         is: null },
  { written: '0049',                    is: null },
  { written: '0171 3920042',            is: null },
  { written: '+0171 3920042',           is: null },
  { written: '1234',                    is: null },
  { written: '1'.repeat(21),            is: null },
  { written: '++491713920042',          is: null },
  { written: '49171+3920042',           is: null },
  { written: '49171392004a',            is: null },
  { written: '+',                       is: null },
  { written: '',                        is: null },
];

test.each(numbers)('"$written" is $is', ({ written, is }) => {
  expect(readPhone(written)).toBe(is);
});

test('whatever is read is read the same again, with a plus or without', () => {
  fc.assert(
    fc.property(fc.string(), (written) => {
      const phone = readPhone(written);
      if (phone === null) return;
      expect(readPhone(phone)).toBe(phone);
      expect(readPhone(`+${phone}`)).toBe(phone);
    }),
  );
});
