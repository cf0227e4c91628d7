import * as z from 'zod/mini';
import { readPhone } from '../../../../shared/rules/identity/phone-number.ts';

/** A phone number as people write it, read into digits. */
export const phone = z.pipe(
  z
    .string('must be a phone number, as text')
    .check(
      z.refine(
        (written) => readPhone(written) !== null,
        'must be a phone number with country code, like +49 170 0000001',
      ),
    ),
  z.transform((written) => readPhone(written) ?? ''),
);
