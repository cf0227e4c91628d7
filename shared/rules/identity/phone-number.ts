import { PHONE } from '../../contract/identity-form.ts';
import { plainDigits } from '../../kernel/plain-digits.ts';
import { DROP_TRUNK_ZERO } from './trunk-zero.ts';

/** What people put between the digits, and invisible marks that a pasted number brings. Brackets come later. */
const BETWEEN = /[\s\p{Pd}\p{Cf}\u2212.．]/gu;
const BRACKETS = /[()[\]（）]/g;

/** "+49 (0)170": the zero is dialled within the country. A country code has up to three digits. */
const TRUNK_ZERO = /^([([（]?(?:[+＋]|00)?([1-9]\d{0,2})[)\]）]?)[([（]0[)\]）]/;
/** How the country code begins, on a telephone of any country and on those of most. */
const INTERNATIONAL = /^(?:[+＋]|00)/;
/** "49171/3920042": behind the area code. Any other stands between two numbers, or two ends of one. */
const BEHIND_AREA = /^(\d{2,7})[/／](?=\d{5,}$)/;

/**
 * A phone number as people write it, in the form of WhatsApp: digits with the country code, no plus. Null: it
 * is none. No country code begins with a zero (ITU-T E.164), so a national number is not taken for another.
 */
export function readPhone(written: string): string | null {
  const digits = plainDigits(written)
    .replace(BETWEEN, '')
    .replace(TRUNK_ZERO, (all, upToCode, code) => (DROP_TRUNK_ZERO.has(code) ? upToCode : all))
    .replace(BRACKETS, '')
    .replace(INTERNATIONAL, '')
    .replace(BEHIND_AREA, '$1');
  return PHONE.test(digits) && !digits.startsWith('0') ? digits : null;
}
