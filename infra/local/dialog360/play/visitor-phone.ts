import { readPhone } from '../../../../shared/rules/identity/phone-number.ts';

/**
 * A phone number as people write it: with a plus, with `00` or with neither before the country code,
 * with blanks, hyphens and parentheses, also "+49 (0)171". Digits; null: it is none.
 */
export function visitorPhone(written: string): string | null {
  const plain = written.trim().replace(/\(0\)/, '');
  return readPhone(plain.startsWith('00') ? plain.slice(2) : plain);
}
