import { PHONE } from '../../contract/identity-form.ts';

/** What people put between the digits: blanks of any kind, hyphens and dashes, parentheses, dots. */
const BETWEEN = /[\s()\-\u2010-\u2015\u2212.]/g;

/**
 * A phone number as WhatsApp writes it: digits with the country code, no plus. Null: it is none. No
 * country code begins with a zero (ITU-T E.164), so a national number is not taken for another.
 */
export function readPhone(written: string): string | null {
  const digits = written.replace(BETWEEN, '').replace(/^\+/, '');
  return PHONE.test(digits) && !digits.startsWith('0') ? digits : null;
}
