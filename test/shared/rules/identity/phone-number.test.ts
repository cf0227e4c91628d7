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
  { written: '0171 3920042',            is: null },
  { written: '00491713920042',          is: null },
  { written: '+0171 3920042',           is: null },
  { written: '1234',                    is: null },
  { written: '1'.repeat(21),            is: null },
  { written: '++491713920042',          is: null },
  { written: '49171+3920042',           is: null },
  { written: '49171392004a',            is: null },
  { written: '٤٩١٧١٣٩٢٠٠٤٢',             is: null },
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
