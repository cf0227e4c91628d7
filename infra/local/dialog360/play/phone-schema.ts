import * as z from 'zod/mini';
import { visitorPhone } from './visitor-phone.ts';

/** A phone number as people write it, read into digits. */
export const phone = z.pipe(
  z
    .string('must be a phone number, as text')
    .check(
      z.refine(
        (written) => visitorPhone(written) !== null,
        'must be a phone number with country code, like +49 170 0000001',
      ),
    ),
  z.transform((written) => visitorPhone(written) ?? ''),
);
